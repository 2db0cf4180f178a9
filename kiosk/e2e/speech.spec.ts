import { expect, test as base, type Page } from '@playwright/test'
import { answer } from '../src/terminal/samples'
import type { Message, MessageOf } from '../src/terminal/wire'
import { inspect } from './inspect'
import { StandIn } from './stand-in'

/** A page whose server is a stand-in that listens, with a microphone allowed. */
const test = base.extend<{ server: StandIn }>({
  server: async ({ page, context }, use) => {
    await context.grantPermissions(['microphone'])
    const server = await StandIn.of(page)
    await page.goto('/terminal')
    await use(server)
  },
})

const SPEAK = '按一下说话'
const speak = (page: Page) => page.getByRole('button', { name: SPEAK })
const listening = (page: Page) => page.getByRole('heading', { name: '请说，我在听' })
const field = (page: Page) => page.getByRole('textbox', { name: '您的问题' })

/** How many microphones the page holds open. */
const openTracks = (page: Page) =>
  page.evaluate(() => (window as unknown as { tracks: MediaStreamTrack[] }).tracks.filter((t) => t.readyState === 'live').length)

async function watchTracks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const tracks: MediaStreamTrack[] = []
    Object.assign(window, { tracks })
    const media = navigator.mediaDevices
    const ask = media?.getUserMedia.bind(media)
    if (!ask) return
    media.getUserMedia = async (wanted) => {
      const stream = await ask(wanted)
      tracks.push(...stream.getTracks())
      return stream
    }
  })
}

const SIZES = [[1280, 800], [1080, 1920]] as const

async function startSpeaking(page: Page): Promise<void> {
  await speak(page).click()
  await expect(listening(page)).toBeVisible()
}

for (const [width, height] of SIZES) {
  test(`a spoken question, on ${width}x${height}`, async ({ page, server }) => {
    await page.setViewportSize({ width, height })
    await watchTracks(page)
    await page.reload()
    const shot = (name: string) => inspect(page, `speech-${name}-${width}x${height}`)
    await expect(speak(page)).toBeEnabled()
    await shot('idle')

    await startSpeaking(page)
    await expect.poll(() => server.frames.length).toBeGreaterThan(20)
    expect(new Set(server.frames)).toEqual(new Set([1920]))
    expect(server.listens()).toEqual(['start'])
    await expect(page.locator('.meter .lit').first()).toBeVisible()
    await shot('listening')

    const turn = server.turn()
    server.tell({ type: 'stt', turn, text: '我的居住', final: false })
    await expect(page.getByText('我的居住……')).toBeVisible()
    await shot('partial')
    server.tell({ type: 'stt', turn, text: '我的居住正怎么办', final: true })
    await expect(page.getByRole('heading', { name: '正在找答案' })).toBeVisible()
    await expect(page.getByText('听到的是：')).toBeVisible()
    expect(await openTracks(page)).toBe(0)
    const { seq: _seq, ...words } = answer(turn)
    server.tell(words)
    await expect(page.getByRole('article')).toContainText('派出所')
    await expect(page.getByText('听到的是：')).toBeVisible()
    await shot('answer')

    await page.getByRole('button', { name: '改一改' }).click()
    await expect(field(page)).toHaveValue('我的居住正怎么办')
    await expect(field(page)).toBeFocused()
    await shot('correcting')
    await field(page).fill('我的居住证怎么办')
    await page.keyboard.press('Enter')
    await expect.poll(() => server.sent[server.sent.length - 1]).toMatchObject({ type: 'ask', text: '我的居住证怎么办' })
  })

  test(`what goes wrong with speech, on ${width}x${height}`, async ({ page, server }) => {
    await page.setViewportSize({ width, height })
    const shot = (name: string) => inspect(page, `speech-${name}-${width}x${height}`)
    await startSpeaking(page)
    await page.waitForTimeout(700)
    await page.getByRole('button', { name: '说完了' }).click()
    await expect.poll(() => server.listens()).toEqual(['start', 'stop'])
    await shot('recognising')
    server.tell({ type: 'nothing_heard', turn: server.turn(), reason: 'silence' })
    await expect(page.getByRole('heading', { name: '没有听到您说话' })).toBeVisible()
    await shot('nothing-heard')

    await page.getByRole('button', { name: '再说一次' }).click()
    await expect(listening(page)).toBeVisible()
    server.tell({ type: 'busy', turn: server.turn(), retry_seconds: 5 })
    await expect(page.getByText('请等5秒钟再说一遍')).toBeVisible()
    await shot('busy')

    await page.getByRole('button', { name: '再说一次' }).click()
    await expect(listening(page)).toBeVisible()
    const turn = server.turn()
    server.break()
    await expect(page.getByRole('heading', { name: '刚才断线了' })).toBeVisible()
    await expect.poll(() => server.sent.slice(-2)).toMatchObject([
      { type: 'hello', resume: { session: 's1' } },
      { type: 'listen', state: 'cancel', turn },
    ])
    await shot('connection')
    await page.getByRole('button', { name: '再说一次' }).click()
    await expect(listening(page)).toBeVisible()
  })
}

test('by keyboard alone, and given up', async ({ page, server }) => {
  await watchTracks(page)
  await page.reload()
  await speak(page).focus()
  await page.keyboard.press('Enter')
  await expect(listening(page)).toBeVisible()
  expect(await openTracks(page)).toBe(1)
  await page.keyboard.press('Escape')
  await expect(speak(page)).toBeVisible()
  await expect.poll(() => server.listens()).toEqual(['start', 'cancel'])
  expect(await openTracks(page)).toBe(0)
})

test('held down while speaking, as for a voice message', async ({ page, server }) => {
  const box = (await speak(page).boundingBox())!
  await page.mouse.move(box.x + 40, box.y + 40)
  await page.mouse.down()
  await expect(listening(page)).toBeVisible()
  await page.waitForTimeout(1_000)
  expect(server.listens()).toEqual(['start'])
  await page.mouse.up()
  await expect.poll(() => server.listens()).toEqual(['start', 'stop'])
})

base.describe('by touch', () => {
  base.use({ hasTouch: true, viewport: { width: 1080, height: 1920 } })
  base('held down at the foot, where 取消 comes up under the finger', async ({ page, context }) => {
    await context.grantPermissions(['microphone'])
    const server = await StandIn.of(page)
    await page.goto('/terminal')
    await field(page).fill('居住证怎么办')
    await page.getByRole('button', { name: '提问' }).click()
    await expect.poll(() => server.sent.length).toBe(2)
    const asked = server.sent[1]
    const { seq: _seq, ...words } = answer(asked?.type === 'ask' ? asked.turn : '')
    server.tell(words)
    await expect(page.getByRole('article')).toBeVisible()

    const box = (await speak(page).boundingBox())!
    const finger = await context.newCDPSession(page)
    const touchPoints = [{ x: box.x + box.width - 60, y: box.y + box.height - 20 }]
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
    await expect(listening(page)).toBeVisible()
    await page.waitForTimeout(1_500)
    expect(server.listens()).toEqual(['start'])
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await expect.poll(() => server.listens()).toEqual(['start', 'stop'])
  })
})

test('tapped twice, it still listens', async ({ page, server }) => {
  await speak(page).dblclick()
  await expect(listening(page)).toBeVisible()
  await page.waitForTimeout(500)
  expect(server.listens()).toEqual(['start'])
})

test('结束 while speaking lets go of everything', async ({ page, server }) => {
  await watchTracks(page)
  await page.reload()
  await startSpeaking(page)
  server.tell({ type: 'stt', turn: server.turn(), text: '我叫张桂兰', final: false })
  await expect(page.getByText('张桂兰')).toBeVisible()
  await page.getByRole('button', { name: '结束' }).click()
  expect(await openTracks(page)).toBe(0)
  expect(await page.content()).not.toContain('张桂兰')
})

base('a microphone that is forbidden', async ({ page }) => {
  const server = await StandIn.of(page)
  await page.goto('/terminal')
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height })
    await page.getByRole('button', { name: /按一下说话|再试一次/ }).click()
    await expect(page.getByRole('heading', { name: '话筒没有打开' })).toBeVisible()
    await inspect(page, `speech-forbidden-${width}x${height}`)
  }
  expect(server.listens()).toEqual([])
  await field(page).fill('居住证怎么办')
  await page.getByRole('button', { name: '提问' }).click()
  await expect.poll(() => server.sent.map((request) => request.type)).toEqual(['hello', 'ask'])
})

base('a microphone that is not there', async ({ page }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'))
  })
  await StandIn.of(page)
  await page.goto('/terminal')
  await speak(page).click()
  await expect(page.getByRole('heading', { name: '没有找到话筒' })).toBeVisible()
})

base('a page by plain http from another machine offers no microphone', async ({ page, baseURL }) => {
  await page.route('http://kiosk.example/**', async (route) => {
    const { pathname } = new URL(route.request().url())
    await route.fulfill({ response: await route.fetch({ url: new URL(pathname, baseURL).href }) })
  })
  const server = await StandIn.of(page)
  await page.goto('http://kiosk.example/terminal')
  await expect(page.getByText('这台机器还不能用话筒，请打字提问。')).toBeVisible()
  await expect(speak(page)).toBeHidden()
  expect(server.sent).toEqual([{ type: 'hello', version: 1 }])
})

base('a server that does not listen says why, once', async ({ page }) => {
  await StandIn.of(page, { speech: { available: false, reason: '语音提问还没有开通，请打字提问。' } })
  await page.goto('/terminal')
  await expect(page.getByText('语音提问还没有开通，请打字提问。')).toHaveCount(1)
  await expect(speak(page)).toBeHidden()
  await inspect(page, 'speech-unavailable')
})

/** What the server says of speech in its first `hello`. */
function heardOf(page: Page): Promise<MessageOf<'hello'>['speech']> {
  return new Promise((resolve) => {
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        const message = JSON.parse(String(payload)) as Message
        if (message.type === 'hello') resolve(message.speech)
      }),
    )
  })
}

// The whole way, from the microphone over the real server to the answer.
// LINLI_CLIP is a WAV file of somebody who asks, with a second of silence
// before the first word; LINLI_CLIP_ANSWER is a word of the right answer.
base('a question spoken to the real server', async ({ page, context }) => {
  const { LINLI_CLIP: clip, LINLI_CLIP_ANSWER: answered } = process.env
  await context.grantPermissions(['microphone'])
  const hello = heardOf(page)
  await page.goto('/terminal')
  const speech = await hello
  if (!speech.available) {
    await expect(page.getByText(speech.reason ?? '这里还不能说话提问')).toHaveCount(1)
    await expect(speak(page)).toBeHidden()
  }
  const missing = !speech.available
    ? `the server does not listen (${speech.reason})`
    : 'LINLI_CLIP and LINLI_CLIP_ANSWER name no clip'
  const skipped = !speech.available || !clip || !answered
  if (skipped) console.log(`    skipped: no question was spoken to the real server: ${missing}`)
  base.skip(skipped, missing)

  await startSpeaking(page)
  await expect(page.getByText('听到的是：')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('article')).toContainText(answered ?? '', { timeout: 10_000 })
  await inspect(page, 'speech-real-answer')
})
