/** The pace in which the house's sounds are made; 1 is the voice's own. */
const HOUSE_SPEED = 0.95

export const PACES = [
  { name: 'slow', words: '慢', speed: 0.85 },
  { name: 'normal', words: '正常', speed: HOUSE_SPEED },
  { name: 'fast', words: '快', speed: 1.1 },
] as const

export type PaceName = (typeof PACES)[number]['name']

// Ears hear ratios: each step is about twice as loud as the one before.
export const VOLUMES = [
  { name: 'soft', words: '小声', volume: 0.3 },
  { name: 'normal', words: '正常', volume: 0.6 },
  { name: 'loud', words: '大声', volume: 1 },
] as const

export type VolumeName = (typeof VOLUMES)[number]['name']

/** How fast a sound is played, so that it comes at this pace. */
export const rateOf = (pace: PaceName): number =>
  (PACES.find((one) => one.name === pace)?.speed ?? HOUSE_SPEED) / HOUSE_SPEED

export const volumeOf = (name: VolumeName): number => VOLUMES.find((one) => one.name === name)?.volume ?? 1
