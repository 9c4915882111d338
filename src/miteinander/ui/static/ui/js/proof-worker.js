// SHA-256 of one block, over and over: 32 letters of the form, the number of the part (4 digits),
// a number (8 hexadecimal digits). Asked for are digests that begin with so many zero bits.
//
// Not the browser's own SHA-256: it is asked once per digest and answers later, which takes ten
// times as long as this, and it is missing on pages without HTTPS.

const K = new Int32Array(64);
const START = new Int32Array(8);

// The constants of SHA-256: the first 32 bits of the fractions of roots of the first primes.
function prepare() {
  let found = 0;
  for (let n = 2; found < 64; n += 1) {
    let isPrime = true;
    for (let d = 2; d * d <= n; d += 1) if (n % d === 0) isPrime = false;
    if (!isPrime) continue;
    if (found < 8) START[found] = (Math.sqrt(n) % 1) * 2 ** 32;
    K[found] = (Math.cbrt(n) % 1) * 2 ** 32;
    found += 1;
  }
}

const HEX = new Int32Array(65536); // four hexadecimal digits as one word of ASCII
const W = new Int32Array(64);

function word(text, at) {
  let value = 0;
  for (let i = 0; i < 4; i += 1) value = (value << 8) | text.charCodeAt(at + i);
  return value;
}

// The first word of the digest of the block in W[0..15].
function firstWord() {
  for (let i = 16; i < 64; i += 1) {
    const x = W[i - 15];
    const y = W[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
  }
  // Not by destructuring: that asks an iterator, millions of times.
  let a = START[0];
  let b = START[1];
  let c = START[2];
  let d = START[3];
  let e = START[4];
  let f = START[5];
  let g = START[6];
  let h = START[7];
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  return (START[0] + a) >>> 0;
}

function nonceOf(seed, part, bits) {
  W.fill(0);
  for (let i = 0; i < 8; i += 1) W[i] = word(seed, i * 4);
  W[8] = word(String(part).padStart(4, "0"), 0);
  W[11] = 0x80000000;
  W[15] = 44 * 8;
  const limit = 2 ** (32 - bits);
  for (let high = 0; high < 65536; high += 1) {
    W[9] = HEX[high];
    for (let low = 0; low < 65536; low += 1) {
      W[10] = HEX[low];
      if (firstWord() < limit) return (high * 65536 + low).toString(16).padStart(8, "0");
    }
  }
  throw new Error("no number found");
}

self.onmessage = ({ data }) => {
  prepare();
  for (let i = 0; i < 65536; i += 1) HEX[i] = word(i.toString(16).padStart(4, "0"), 0);
  let answer = "";
  for (let part = 0; part < data.parts; part += 1) {
    answer += nonceOf(data.seed, part, data.bits);
    self.postMessage({ part: part + 1 });
  }
  self.postMessage({ part: data.parts, answer });
};
