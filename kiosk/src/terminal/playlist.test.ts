import { describe, expect, it } from 'vitest'
import { begin, goOn, GUARD_MS, guardLeft, sentenceAt, type End, type Playlist } from './playlist'
import { clip } from './samples'

const label = clip('label')
const two = [label, clip('a', '先带身份证。'), clip('b', '再到派出所。')]

/** What is played, and how it all ends, when the sounds end like this. */
function run(clips = two, ends: End[] = []): string[] {
  const played: string[] = []
  let step = begin(clips)
  for (let i = 0; step.do === 'play'; i += 1) {
    played.push(step.clip.src)
    step = goOn(step.list, ends[i] ?? 'ended')
  }
  return [...played, step.do]
}

describe('a list of sounds', () => {
  it.each<[string, typeof two, End[], string[]]>([
    ['is played in order', two, [], ['label', 'a', 'b', 'over']],
    ['goes on after a sound that is not there', two, ['ended', 'failed'], ['label', 'a', 'b', 'over']],
    ['whose last sound is not there was heard all the same', two, ['ended', 'ended', 'failed'], ['label', 'a', 'b', 'over']],
    ['of which nothing could be played is mute', two, ['failed', 'failed', 'failed'], ['label', 'a', 'b', 'mute']],
    ['of which only the label was heard is mute', two, ['ended', 'failed', 'failed'], ['label', 'a', 'b', 'mute']],
    ['without any words was heard', [label], [], ['label', 'over']],
    ['with nothing in it is mute', [], [], ['mute']],
  ])('%s', (_what, clips, ends, expected) => {
    expect(run(clips, ends)).toEqual(expected)
  })
})

describe('the sentence that is heard', () => {
  const at = (clips: Playlist['clips'], n = 0): Playlist => ({ clips, at: n, heard: false })
  const known = [{ src: 'a', sentences: [{ at_ms: 0, text: '先带证。' }, { at_ms: 1500, text: '再去派出所。' }] }]
  const unknown = [clip('a', '四个字吧', '八个字八个字八个')]

  it.each([
    [known, 0, 9, 0],
    [known, 1.4, 9, 0],
    [known, 1.5, 9, 1],
    [known, 60, 9, 1],
    // A third of the characters, a third of the time.
    [unknown, 3.9, 12, 0],
    [unknown, 4.1, 12, 1],
    [unknown, 0.8, NaN, 0],
    [unknown, 0.9, NaN, 1],
    [unknown, 0.9, Infinity, 1],
  ])('of %j after %f of %f seconds is %i', (clips, seconds, duration, sentence) => {
    expect(sentenceAt(at(clips), seconds, duration)).toBe(sentence)
  })

  it('is counted over all sounds, and there is none in the label', () => {
    const clips = [label, clip('a', '一。', '二。'), clip('b', '三。')]
    expect([0, 1, 2].map((n) => sentenceAt(at(clips, n), 0, 2))).toEqual([null, 0, 2])
  })
})

describe('the guard before the microphone', () => {
  it.each([
    [null, 0],
    [1_000, GUARD_MS],
    [900, GUARD_MS - 100],
    [0, 0],
  ])('after silence since %s is %i ms', (since, left) => {
    expect(guardLeft(since, 1_000)).toBe(left)
  })
})
