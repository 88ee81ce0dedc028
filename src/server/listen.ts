// Listening, and why it cannot be done, in Ocelli's words.
import type { FastifyInstance } from 'fastify';
import { OcelliError, systemCode } from '../shared/errors.ts';

/** Returns the port. @param port 0: any that is free. @throws PORT_TAKEN, ARGUMENT */
export async function listen(app: FastifyInstance, port: number, host: string): Promise<number> {
  try {
    await app.listen({ port, host });
  } catch (error) {
    throw asOurs(error, port, host);
  }
  const address = app.server.address();
  if (address !== null && typeof address === 'object') return address.port;
  throw new OcelliError('INTERNAL', `Nothing listens on ${host}:${port}.`);
}

function asOurs(error: unknown, port: number, host: string): unknown {
  switch (systemCode(error)) {
    case 'EADDRINUSE':
      return new OcelliError('PORT_TAKEN', `Another program listens on port ${port}.`, {
        cause: error,
      });
    case 'EACCES':
      return new OcelliError('PORT_TAKEN', `Port ${port} is not for everyone on this machine.`, {
        cause: error,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new OcelliError(
        'ARGUMENT',
        `Expected an address of this machine but received ${host}.`,
        {
          cause: error,
        },
      );
    default:
      return error;
  }
}
