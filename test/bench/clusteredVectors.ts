// Synthetic embeddings that lie as those of photos do: all on one side of the sphere, in clusters,
// with noise. Uniform ones would be all equally far from each other, which no graph can search.
import { l2Normalise } from '../../src/engine/embed/vectorMath.ts';
import { seededNoise, seededRandom } from './randomNumbers.ts';

export interface ClusterOptions {
  readonly dimensions: number;
  readonly clusters: number;
  /** Vectors of one seed stand in the same clusters whichever stream they come from. */
  readonly seed: number;
  /** Tells queries from points. */
  readonly stream: number;
}

/** Lengths of the parts, against 1 for the cluster's: what all share, what is a vector's own. */
const sharedPart = 1;
const ownPart = 0.9;
/** Beyond the directions in which photos differ: noise in all dimensions alike. */
const grainPart = 0.3;
/** Photos differ in a few dozen directions, less in each than in the one before. */
const directions = 32;

/** Unit vectors without end. */
export function* clusteredVectors(options: ClusterOptions): Generator<Float32Array, never> {
  const { dimensions, clusters, seed, stream } = options;
  const place = unitNoise(dimensions, seededNoise(seed));
  const common = place();
  const basis = Array.from({ length: directions }, place);
  const centres = Array.from({ length: clusters }, place);
  const choose = seededRandom(seed * 31 + stream);
  const noise = seededNoise(seed * 101 + stream);
  const grain = unitNoise(dimensions, noise);
  const spectrum = unitSpectrum();
  for (;;) {
    const vector = grain();
    for (let i = 0; i < dimensions; i++) vector[i] = (vector[i] ?? 0) * grainPart;
    addScaled(vector, common, sharedPart);
    addScaled(vector, centres[Math.floor(choose() * clusters)] ?? common, 1);
    for (const [k, direction] of basis.entries()) {
      addScaled(vector, direction, noise() * (spectrum[k] ?? 0) * ownPart);
    }
    l2Normalise(vector);
    yield vector;
  }
}

/** Lengths of a word's parts: of what lies on the photos' side, of what no photo has, of noise. */
const photoPart = 0.35;
const wordPart = 0.8;
const wordGrainPart = 0.45;

/** As embeddings of words lie: far from all photos alike, and a little nearer to some than to others. */
export function* wordVectors(options: ClusterOptions): Generator<Float32Array, never> {
  const { dimensions, seed, stream } = options;
  const common = unitNoise(dimensions, seededNoise(seed * 7 + 1))();
  const grain = unitNoise(dimensions, seededNoise(seed * 103 + stream));
  for (const photo of clusteredVectors(options)) {
    const vector = grain();
    for (let i = 0; i < dimensions; i++) vector[i] = (vector[i] ?? 0) * wordGrainPart;
    addScaled(vector, common, wordPart);
    addScaled(vector, photo, photoPart);
    l2Normalise(vector);
    yield vector;
  }
  throw new Error('vectors without end have ended');
}

function unitNoise(dimensions: number, noise: () => number): () => Float32Array {
  return () => {
    // Not Float32Array.from: it takes ten times as long, and a large library has a million of these.
    const vector = new Float32Array(dimensions);
    for (let i = 0; i < dimensions; i++) vector[i] = noise();
    l2Normalise(vector);
    return vector;
  };
}

/** Falls with the root of the direction's number; its squares sum to 1. */
function unitSpectrum(): Float32Array {
  const spectrum = Float32Array.from({ length: directions }, (_, k) => 1 / Math.sqrt(k + 1));
  l2Normalise(spectrum);
  return spectrum;
}

function addScaled(sum: Float32Array, vector: Float32Array, scale: number): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0) * scale;
}
