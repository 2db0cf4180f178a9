import { defineConfig } from '@playwright/test'

// What the microphone hears, a WAV file; without one, a beep every second.
const clip = process.env.LINLI_CLIP

// Against a real server, whose address stands in LINLI_URL:
//   LINLI_URL=http://127.0.0.1:8080 npm run e2e
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/runs',
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  reporter: 'list',
  use: {
    baseURL: process.env.LINLI_URL ?? 'http://127.0.0.1:8080',
    viewport: { width: 1280, height: 1024 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.LINLI_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--use-fake-device-for-media-stream',
        ...(clip ? [`--use-file-for-fake-audio-capture=${clip}%noloop`] : []),
      ],
    },
  },
})
