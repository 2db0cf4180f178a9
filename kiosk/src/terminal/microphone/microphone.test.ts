import { describe, expect, it } from 'vitest'
import { faultOf } from './faults'
import { FRAME_SAMPLES, framer } from './framer'
import { HUSH, meter, rms } from './level'
import { resampler } from './resampler'

const RATE = 16_000

const tone = (hertz: number, rate: number, seconds: number) =>
  Float32Array.from({ length: rate * seconds }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * i) / rate))

/** The loudness of its middle, where no edge is near, against the tone that went in. */
function gain(out: Float32Array): number {
  const middle = out.slice(out.length / 4, (3 * out.length) / 4)
  const power = middle.reduce((sum, x) => sum + x * x, 0) / middle.length
  return Math.sqrt(power) / (0.5 / Math.SQRT2)
}

function inPieces(samples: Float32Array, lengths: number[], change: (piece: Float32Array) => Float32Array): number[] {
  const out: number[] = []
  for (let at = 0, i = 0; at < samples.length; i += 1) {
    const length = lengths[i % lengths.length]!
    out.push(...change(samples.slice(at, at + length)))
    at += length
  }
  return out
}

describe('the resampler', () => {
  it.each([
    [48_000, 200],
    [48_000, 1_000],
    [48_000, 4_000],
    [48_000, 6_500],
    [44_100, 1_000],
    [44_100, 6_500],
    [96_000, 3_000],
    [32_000, 3_000],
    [16_000, 3_000],
    [8_000, 3_000],
  ])('from %i Hz keeps a tone of %i Hz', (from, hertz) => {
    const out = resampler(from, RATE)(tone(hertz, from, 1))
    expect(gain(out)).toBeGreaterThan(0.98)
    expect(gain(out)).toBeLessThan(1.02)
  })

  it.each([
    [48_000, 9_000],
    [48_000, 12_000],
    [48_000, 20_000],
    [44_100, 10_000],
    [96_000, 30_000],
  ])('from %i Hz folds no tone of %i Hz down', (from, hertz) => {
    expect(gain(resampler(from, RATE)(tone(hertz, from, 1)))).toBeLessThan(0.01)
  })

  it.each([48_000, 44_100, 32_000, 16_000, 8_000])('from %i Hz gives a second for a second', (from) => {
    const length = resampler(from, RATE)(new Float32Array(from)).length
    expect(Math.abs(length - RATE)).toBeLessThanOrEqual((32 * RATE) / Math.min(from, RATE))
  })

  it.each([
    [48_000, [128]],
    [48_000, [960]],
    [44_100, [1, 2, 3, 500, 7]],
    [44_100, [882]],
    [8_000, [160, 1]],
  ])('from %i Hz does not mind pieces of %j', (from, lengths) => {
    const samples = tone(700, from, 0.5)
    const whole = resampler(from, RATE)(samples)
    expect(inPieces(samples, lengths, resampler(from, RATE))).toEqual(Array.from(whole))
  })

  it('keeps silence silent and a steady value steady', () => {
    expect(Math.max(...resampler(48_000, RATE)(new Float32Array(4_800)))).toBe(0)
    const steady = resampler(44_100, RATE)(new Float32Array(44_100).fill(0.25))
    steady.slice(200, -200).forEach((x) => expect(x).toBeCloseTo(0.25, 5))
  })
})

describe('the framer', () => {
  it('makes 60 ms of 16-bit samples', () => expect(FRAME_SAMPLES).toBe(960))

  it.each([
    [[3], [[0, 16_384, -16_383]], [0, 0.5, -0.5]],
    [[3], [[32_767, -32_767, 32_767]], [1, -1, 1.7]],
    [[1, 2], [[0, 0, 0], [32_767, 32_767, 32_767]], [0, 0, 0, 1, 1, 1, 0.5]],
    [[5], [[0, 0, 0], [0, 0, 0]], [0, 0, 0, 0, 0, 0, 1]],
    [[2], [], [1, 1]],
  ])('in pieces of %j gives %j', (lengths, frames, samples) => {
    const frame = framer(3)
    const out: number[][] = []
    inPieces(Float32Array.from(samples), lengths, (piece) => {
      out.push(...frame(piece).map((full) => Array.from(full)))
      return piece
    })
    expect(out).toEqual(frames)
  })
})

describe('the level', () => {
  const frameAt = (amplitude: number) => new Int16Array(960).fill(amplitude)

  it.each([
    [0, 0],
    [33, 0.001],
    [3_277, 0.1],
    [32_767, 1],
    [-32_768, 1],
  ])('of samples of %i is about %f', (amplitude, loudness) => {
    expect(rms(frameAt(amplitude))).toBeCloseTo(loudness, 3)
  })

  it('of nothing is nothing', () => expect(rms(new Int16Array(0))).toBe(0))

  it.each([
    [0, 0],
    [0.001, 0], // -60 dB: a quiet room
    [0.01, 0.375], // -40 dB: a low voice
    [0.056, 0.75], // -25 dB: a voice near by
    [0.178, 1], // -15 dB
    [1, 1],
  ])('%f goes out to %f', (loudness, out) => expect(meter(loudness)).toBeCloseTo(out, 2))

  it('tells a quiet room from a low voice', () => {
    expect(meter(0.002)).toBeLessThan(HUSH)
    expect(meter(0.01)).toBeGreaterThan(HUSH)
  })
})

describe('a refusal', () => {
  it.each([
    ['NotAllowedError', 'forbidden'],
    ['SecurityError', 'forbidden'],
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotReadableError', 'taken'],
    ['AbortError', 'taken'],
    ['InvalidStateError', 'broken'],
  ])('%s means %s', (name, fault) => expect(faultOf(new DOMException('', name))).toBe(fault))

  it.each([undefined, null, 'odd', new TypeError('odd')])('%s means that it is broken', (error) => {
    expect(faultOf(error)).toBe('broken')
  })
})
