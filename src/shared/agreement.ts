// How far a model's int8 weights agree with its float32 ones: what is measured before they may be
// used, and how that is said to people.
import { z } from 'zod';

const count = z.number().int().min(0);
/** Between the two embeddings of the same thing: 1 where they are the same. */
const cosines = z.object({ mean: z.number(), least: z.number() });

export const agreementSchema = z.object({
  image: cosines,
  text: cosines,
  /** recall@10: of the ten photos that float32 puts first, the share that int8 has among its ten. */
  recall: z.object({
    /** Asked with words. */
    words: z.number(),
    /** Asked with a photo, which is not counted itself. */
    photos: z.number(),
  }),
  /** How many were compared. */
  photos: count,
  words: count,
});
export type Agreement = z.infer<typeof agreementSchema>;

/** As it is kept with the library. */
export const comparisonSchema = z.object({
  /** Of the weights and the processor that it holds for. */
  key: z.string(),
  /** Of the weights alone. */
  weights: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
  agreement: agreementSchema,
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** What is known of a model's int8 weights. */
export const int8StateSchema = z.discriminatedUnion('state', [
  /** It has no float32 to compare them with. */
  z.object({ state: z.literal('alone') }),
  /** Not compared on this machine. */
  z.object({ state: z.literal('untried') }),
  z.object({ state: z.literal('compared'), agreement: agreementSchema }),
]);
export type Int8State = z.infer<typeof int8StateSchema>;

/** The share below which searches would show other photos than the model means. */
export const leastRecall = 0.95;

export function agrees({ recall }: Agreement): boolean {
  return recall.words >= leastRecall && recall.photos >= leastRecall;
}

/** 'recall@10 0.98 by words and 0.99 by photos; cosine of photos 0.999, least 0.998, of words …'. */
export function agreementText({ recall, image, text }: Agreement): string {
  return [
    `recall@10 ${share(recall.words)} by words and ${share(recall.photos)} by photos`,
    `cosine of photos ${cosinesText(image)}, of words ${cosinesText(text)}`,
  ].join('; ');
}

/** In a sentence without its full stop. */
export function int8Text(int8: Int8State): string {
  if (int8.state === 'alone') return 'int8 only: there is no float32 to compare it with';
  if (int8.state === 'untried') {
    return 'int8 is compared with float32 when it is first asked for';
  }
  const { agreement } = int8;
  if (agrees(agreement)) return `int8 may be used: ${agreementText(agreement)}`;
  return `int8 is not used: ${agreementText(agreement)}; ${leastRecall} is asked for`;
}

function cosinesText({ mean, least }: Agreement['image']): string {
  return `${fourth(mean)} (least ${fourth(least)})`;
}

/** Rounded down: what is refused must not read as if it had passed. */
function share(value: number): string {
  return (Math.floor(value * 1000 + 1e-9) / 1000).toFixed(3);
}

function fourth(value: number): string {
  return value.toFixed(4);
}
