import { describe, expect, it } from 'vitest'
import { useSound } from './use-sound'

describe('whether it speaks by itself', () => {
  it.each([
    ['a house that speaks, to a typed question', true, null, false, true],
    ['a quiet house, to a typed question', false, null, false, false],
    ['a quiet house, to a spoken question', false, null, true, true],
    ['wherever it was switched off', true, false, true, false],
    ['wherever it was switched on', false, true, false, true],
  ])('%s', (_where, house, chosen, spoken, speaks) => {
    const sound = useSound(house)
    if (chosen !== null) sound.on.value = chosen
    expect(sound.speaksTo(spoken)).toBe(speaks)
    sound.reset()
    expect(sound.on.value).toBe(house)
    expect(sound.changed.value).toBe(false)
  })
})
