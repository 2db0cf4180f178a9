import type { Page, Route } from '@playwright/test'

const RATE = 8_000

/** A quiet hum of so many seconds, as a WAV file: browsers look at what it is, not at its name. */
export function hum(seconds: number): Buffer {
  const length = Math.round(seconds * RATE)
  const file = Buffer.alloc(44 + length)
  file.write('RIFF')
  file.writeUInt32LE(36 + length, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(RATE, 24)
  file.writeUInt32LE(RATE, 28)
  file.writeUInt16LE(1, 32)
  file.writeUInt16LE(8, 34)
  file.write('data', 36)
  file.writeUInt32LE(length, 40)
  for (let i = 0; i < length; i += 1) file[44 + i] = 128 + Math.round(20 * Math.sin((2 * Math.PI * 220 * i) / RATE))
  return file
}

/** Answers with such a sound. */
export const humming = (seconds: number) => (route: Route) =>
  route.fulfill({ contentType: 'audio/wav', body: hum(seconds) })

export interface Heard {
  /** What happened to sounds, in order. */
  events: string[]
  /** The source that is loaded; empty in silence. */
  source: string
  rate: number
  volume: number
}

/** Notes what the page plays. Before the page is opened. */
export async function listenTo(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const heard = { events: [] as string[], audio: null as HTMLMediaElement | null }
    Object.assign(window, { heard })
    const play = HTMLMediaElement.prototype.play
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      if (heard.audio !== this) {
        ;['playing', 'ended', 'error'].forEach((name) => this.addEventListener(name, () => heard.events.push(name)))
      }
      heard.audio = this
      return play.call(this)
    }
  })
}

export const heard = (page: Page): Promise<Heard> =>
  page.evaluate(() => {
    const { events, audio } = (window as unknown as { heard: { events: string[]; audio: HTMLMediaElement | null } }).heard
    return {
      events,
      source: audio?.getAttribute('src') ?? '',
      rate: audio?.playbackRate ?? 0,
      volume: audio?.volume ?? 0,
    }
  })

export const events = async (page: Page): Promise<string[]> => (await heard(page)).events
