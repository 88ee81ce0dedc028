// How sharp behaves in a decoder process, set once when this module is loaded. One photo is decoded
// per process and there are many processes: threads inside libvips would only add switching, and
// its cache of operations would keep pixels that nobody asks for twice.
import sharp from 'sharp';

sharp.concurrency(1);
sharp.cache(false);

export { sharp };
