// The proof of work of forms without an account, done beside the page while one types.
//
// <input type="hidden" data-proof="seed" data-proof-bits data-proof-parts data-proof-late="words">
//
// The sum begins with the first key and is mostly done when somebody sends. If not, the form
// waits and says so. Where a browser cannot do it, the form is sent without: the server then asks
// for patience, as it does without this file.

const LATE = 300;

function solve(field, heard) {
  const { proof: seed, proofBits: bits, proofParts: parts } = field.dataset;
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./proof-worker.js", import.meta.url));
    worker.onerror = reject;
    worker.onmessage = ({ data }) => {
      heard(data.part);
      if (!data.answer) return;
      worker.terminate();
      resolve(data.answer);
    };
    worker.postMessage({ seed, bits: Number(bits), parts: Number(parts) });
  });
}

function progress(field) {
  const line = document.createElement("p");
  line.className = "proof small";
  line.setAttribute("role", "status");
  const bar = document.createElement("progress");
  bar.max = Number(field.dataset.proofParts);
  bar.setAttribute("aria-label", field.dataset.proofLate);
  field.form.append(line);
  return {
    show() {
      line.append(field.dataset.proofLate, " ", bar);
    },
    move(part) {
      bar.value = part;
    },
    end() {
      line.remove();
    },
  };
}

function watch(field) {
  if (field.dataset.watched) return;
  field.dataset.watched = "yes";
  const { form } = field;
  // A browser that comes back may have put an old answer into the new form.
  field.value = field.defaultValue;
  let work;
  let isDone = Boolean(field.value);
  let isWaiting = false;
  const shown = progress(field);

  function begin() {
    if (isDone) return Promise.resolve();
    work ??= solve(field, shown.move)
      .then((answer) => {
        field.value = answer;
      })
      .catch(() => {}) // no worker here: the server's slower way takes it in
      .finally(() => {
        isDone = true;
      });
    return work;
  }

  form.addEventListener("focusin", begin, { once: true });
  form.addEventListener("input", begin, { once: true });
  form.addEventListener(
    "submit",
    (event) => {
      if (isDone) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (isWaiting) return;
      isWaiting = true;
      const late = setTimeout(shown.show, LATE);
      begin().then(() => {
        clearTimeout(late);
        shown.end();
        form.requestSubmit(event.submitter);
      });
    },
    { capture: true },
  );
  if ("proofSend" in field.dataset) form.requestSubmit();
}

export function dress(root) {
  for (const field of root.querySelectorAll("input[data-proof]")) watch(field);
}
