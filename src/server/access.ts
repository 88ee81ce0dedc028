// Who may ask: whoever has the token, which came in the printed link and stays in a cookie. A
// ticket stands for the token once and for a minute, for links that others on the machine may see,
// such as those in the arguments of a process.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const ticketMs = 60_000;

export class Access {
  private readonly token: string;
  private readonly now: () => number;
  private readonly tickets = new Map<string, number>();

  /** @param now milliseconds; only differences count. */
  constructor(token: string, now: () => number = () => performance.now()) {
    if (token.length < 16) throw new RangeError('Expected a token of at least 16 characters');
    this.token = token;
    this.now = now;
  }

  /** What an admitted browser keeps in its cookie. */
  get cookie(): string {
    return this.token;
  }

  admits(cookie: string | undefined): boolean {
    return cookie !== undefined && isSame(cookie, this.token);
  }

  /** Whether what a link brought is the token or a ticket; a ticket is spent by this. */
  accepts(fromLink: string): boolean {
    return isSame(fromLink, this.token) || this.spend(fromLink);
  }

  ticket(): string {
    const ticket = randomBytes(32).toString('base64url');
    this.tickets.set(digest(ticket).toString('hex'), this.now() + ticketMs);
    return ticket;
  }

  private spend(ticket: string): boolean {
    // Looked up by digest: how long that takes says nothing of a ticket's characters.
    const key = digest(ticket).toString('hex');
    const expiresAt = this.tickets.get(key);
    this.tickets.delete(key);
    return expiresAt !== undefined && this.now() < expiresAt;
  }
}

/** In a time that depends on neither; equal lengths, which the comparison wants, come by hashing. */
function isSame(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
