import { effectScope } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { COUNTDOWN, useIdle } from './use-idle'

describe('nobody there', () => {
  let watching = true
  let holding = false
  const onGone = vi.fn()
  const scope = () => {
    const made = effectScope()
    const idle = made.run(() =>
      useIdle({ seconds: () => 90, watching: () => watching, holding: () => holding, onGone }),
    )!
    return { ...idle, end: () => made.stop() }
  }

  beforeEach(() => {
    vi.useFakeTimers()
    watching = true
    holding = false
    onGone.mockReset()
  })
  afterEach(() => vi.useRealTimers())

  const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1000)
  const touch = () => window.dispatchEvent(new Event('pointerdown'))

  it('warns, counts down, and goes', () => {
    const idle = scope()
    pass(89)
    expect(idle.left.value).toBeNull()
    pass(1)
    expect(idle.left.value).toBe(COUNTDOWN)
    pass(10)
    expect(idle.left.value).toBe(COUNTDOWN - 10)
    pass(20)
    expect(onGone).toHaveBeenCalledOnce()
    expect(idle.left.value).toBeNull()
    idle.end()
  })

  it('starts again at every touch, but not under the warning', () => {
    const idle = scope()
    pass(80)
    touch()
    pass(80)
    expect(idle.left.value).toBeNull()
    pass(11)
    touch()
    pass(1)
    expect(idle.left.value).not.toBeNull()
    idle.stay()
    expect(idle.left.value).toBeNull()
    pass(89)
    expect(onGone).not.toHaveBeenCalled()
    idle.end()
  })

  it('says nothing on an untouched screen, or while it reads aloud', () => {
    watching = false
    const idle = scope()
    pass(1000)
    expect(idle.left.value).toBeNull()
    watching = true
    holding = true
    pass(1000)
    expect(idle.left.value).toBeNull()
    holding = false
    pass(91)
    expect(idle.left.value).not.toBeNull()
    idle.end()
    expect(onGone).not.toHaveBeenCalled()
  })
})
