// All that was measured for a model on this machine, and why the rest is not used.
import { isChosen, type Tuning } from '../../../shared/tuning.ts';
import { providerName, rateWords, triedWords } from './tuningWords.ts';

export function TuningTried({ tuning }: { readonly tuning: Tuning }) {
  return (
    <details className="tuning-tried">
      <summary>All that was tried</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: where it is wider than its place, keys scroll it */}
      <section className="tuning-scroll" aria-label="Measured ways to run the model" tabIndex={0}>
        <Candidates tuning={tuning} />
      </section>
      <p>{decodingWords(tuning)}</p>
      <dl>
        {tuning.providers.map((tried) => (
          <div key={tried.provider}>
            <dt>{providerName(tried.provider)}</dt>
            <dd>{triedWords(tried, tuning.chosen.provider)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Candidates({ tuning: { candidates, chosen } }: { readonly tuning: Tuning }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Runs on</th>
          <th scope="col">Weights</th>
          <th scope="col">Processes</th>
          <th scope="col">Threads each</th>
          <th scope="col">At a time</th>
          <th scope="col">Embeds/s</th>
          <th scope="col">Photos/s</th>
        </tr>
      </thead>
      <tbody>
        {candidates.map((each) => {
          const { provider, precision, embedders, threads, batch } = each;
          const isUsed = isChosen(each, chosen);
          return (
            <tr
              key={[provider, precision, embedders, threads, batch].join()}
              className={isUsed ? 'tuning-chosen' : undefined}
            >
              <th scope="row">
                {providerName(provider)}
                {isUsed && ' (chosen)'}
              </th>
              <td>{precision}</td>
              <td>{embedders}</td>
              <td>{threads}</td>
              <td>{batch}</td>
              <td>{rateWords(each.embedsPerSecond)}</td>
              <td>{rateWords(each.photosPerSecond)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function decodingWords({ decodesPerSecond }: Tuning): string {
  if (decodesPerSecond === undefined) return 'Decoding could not be measured.';
  const rate = rateWords(decodesPerSecond);
  return `Photos/s is with decoding, of which all cores alone manage ${rate} a second.`;
}
