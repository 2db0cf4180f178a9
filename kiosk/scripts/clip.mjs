// Writes an audio file as the WAV file that Chromium's fake microphone plays:
// a second of silence, what is said, two of silence.
//   node scripts/clip.mjs FROM TO.wav
import { readFile, writeFile } from 'node:fs/promises'
import { chromium } from '@playwright/test'

const RATE = 48_000
const [from, to] = process.argv.slice(2)
const browser = await chromium.launch({
  executablePath: process.env.LINLI_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  const page = await browser.newPage()
  const encoded = (await readFile(from)).toString('base64')
  const samples = await page.evaluate(
    async ([encoded, rate]) => {
      const bytes = Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0))
      const audio = await new OfflineAudioContext(1, rate, rate).decodeAudioData(bytes.buffer)
      return Array.from(audio.getChannelData(0), (s) => Math.round(Math.max(-1, Math.min(1, s)) * 32_767))
    },
    [encoded, RATE],
  )
  const before = RATE
  const data = Buffer.alloc((before + samples.length + 2 * RATE) * 2)
  samples.forEach((sample, i) => data.writeInt16LE(sample, (before + i) * 2))
  const head = Buffer.alloc(44)
  head.write('RIFF')
  head.writeUInt32LE(36 + data.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(RATE, 24)
  head.writeUInt32LE(RATE * 2, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(data.length, 40)
  await writeFile(to, Buffer.concat([head, data]))
} finally {
  await browser.close()
}
