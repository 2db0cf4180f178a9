/** Input samples on each side of a point that have a say in it, at equal rates. */
const REACH = 16
/** Where the filter begins to close, as a share of half the lower rate. */
const OPEN = 0.94

/** Takes samples as they come and gives what there is at the other rate. */
export type Resampler = (samples: Float32Array) => Float32Array

/**
 * Changes the rate of a stream by a windowed sinc. What lies above half the
 * lower rate is taken out: folded down, it would sound like hisses that
 * nobody said. How the stream is cut into pieces changes nothing.
 */
export function resampler(from: number, to: number): Resampler {
  if (from === to) return (samples) => samples
  const shared = gcd(from, to)
  const [step, phases] = [from / shared, to / shared]
  const reach = Math.ceil(REACH * Math.max(1, from / to))
  const kernels = Array.from({ length: phases }, (_, phase) => kernel(phase / phases, reach, from, to))

  // Before the first sample there was silence.
  let held = new Float32Array(reach - 1)
  /** Where the next output lies in `held`: whole samples, and phases beyond. */
  let [whole, phase] = [reach - 1, 0]

  return (samples) => {
    held = joined(held, samples)
    const out: number[] = []
    while (whole + reach < held.length) {
      out.push(weighed(held, whole - reach + 1, kernels[phase] ?? held))
      phase += step
      whole += Math.floor(phase / phases)
      phase %= phases
    }
    const spent = Math.max(0, Math.min(held.length, whole - reach + 1))
    held = held.slice(spent)
    whole -= spent
    return Float32Array.from(out)
  }
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))

/** The weights of the samples around a point that lies `fraction` after one of them. */
function kernel(fraction: number, reach: number, from: number, to: number): Float32Array {
  const width = OPEN * Math.min(1, to / from)
  const weights = Float32Array.from({ length: 2 * reach }, (_, i) => {
    const distance = i - reach + 1 - fraction
    const x = Math.PI * width * distance
    const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / reach)
    return (x === 0 ? 1 : Math.sin(x) / x) * Math.max(0, window)
  })
  const sum = weights.reduce((all, one) => all + one, 0)
  return weights.map((one) => one / sum)
}

function joined(a: Float32Array, b: Float32Array): Float32Array<ArrayBuffer> {
  const both = new Float32Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

function weighed(samples: Float32Array, start: number, weights: Float32Array): number {
  let sum = 0
  for (let i = 0; i < weights.length; i += 1) sum += (samples[start + i] ?? 0) * (weights[i] ?? 0)
  return sum
}
