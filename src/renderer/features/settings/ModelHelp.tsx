// What a model folder is, for those who have none yet.

export function ModelHelp() {
  return (
    <details className="models-help">
      <summary>How to get a CLIP model</summary>
      <p>
        CLIP understands people, colours, weather and what is happening. Ocelli fetches nothing from
        the network by itself, so you bring it: a folder with the two halves of the model in ONNX
        (one for pictures, one for words), its <code>tokenizer.json</code>, and a{' '}
        <code>model.json</code> that says how they are used. SigLIP works in the same way.
      </p>
      <p>
        <code>models/README.md</code>, which comes with Ocelli, has the <code>model.json</code> for
        CLIP ViT-B/32 and says where its files are from. What is added is checked, tried on a word
        and a picture, and copied; the folder itself is not needed afterwards.
      </p>
    </details>
  );
}
