// The version of ONNX Runtime, for those who must not load it: it takes memory and threads.
import { createRequire } from 'node:module';

interface Package {
  readonly version: string;
}

export function runtimeVersion(): string {
  const { version }: Package = createRequire(import.meta.url)('onnxruntime-node/package.json');
  return version;
}
