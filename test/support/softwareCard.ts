// A graphics card for machines that have none: SwiftShader, which draws by the processor and comes
// with Chromium. It stands in for a real card in everything but speed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where Debian keeps Chromium; it brings its own loader of Vulkan as well. */
const folder = '/usr/lib/chromium';
const driver = join(folder, 'vk_swiftshader_icd.json');

/** To be added to a describe's name; empty where there is one. */
export const noSoftwareCard = existsSync(driver)
  ? ''
  : ` (skipped: Chromium's SwiftShader is not at ${driver})`;

/** Processes that are started from now on see it. Returns how to undo that. */
export function plugInSoftwareCard(): () => void {
  const before = { ...process.env };
  const { LD_LIBRARY_PATH: libraries } = before;
  Object.assign(process.env, {
    VK_DRIVER_FILES: driver,
    LD_LIBRARY_PATH: libraries === undefined ? folder : `${folder}:${libraries}`,
  });
  return () => {
    process.env = before;
  };
}
