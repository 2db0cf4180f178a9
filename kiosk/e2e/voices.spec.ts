// The house's voice in the console, and readings that are put right.
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { events, humming, listenTo } from './sounds'

const server = process.env.LINLI_URL ?? ''
const password = process.env.LINLI_ADMIN_PASSWORD ?? ''
const shots = 'test-results'

test.skip(!server || !password, 'needs LINLI_URL and LINLI_ADMIN_PASSWORD')
test.use({ viewport: { width: 1366, height: 900 } })

const VIEW = {
  engine: 'kokoro-82m',
  missing: null,
  fallback: true,
  voice: 'zf_xiaoxiao',
  voices: [
    { name: 'zf_xiaoxiao', label: '女声 · 晓晓' },
    { name: 'zf_xiaoyi', label: '女声 · 晓伊' },
    { name: 'zm_yunjian', label: '男声 · 云健' },
    { name: 'zm_yunxi', label: '男声 · 云希' },
  ],
  speed: 0.95,
  wanted: 1240,
  left: 412,
  seconds_left: 5200,
  failed: [{ text: '见附件㎡', reason: '这段文字里没有可以念的内容' }],
  readings: [{ word: '重办', reading: 'chong2 ban4', sample: '身份证丢了要重办。' }],
}

async function openAt(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.getByLabel('账号').fill('admin')
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page).toHaveURL(new RegExp(`${path}$`))
}

async function look(page: Page, name: string, within = '#content'): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(within).analyze()
  const found = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`)
  expect(found, `axe on ${name}`).toEqual([])
  await page.screenshot({ path: `${shots}/console-${name}.png` })
}

test('the page of the real server', async ({ page }) => {
  await openAt(page, '/console/voices')
  await expect(page.getByRole('heading', { name: '语音', exact: true })).toBeVisible()
  await expect(page.getByRole('heading', { name: /合成/ })).toBeVisible()
  await expect(page.getByRole('heading', { name: '改过的读音' })).toBeVisible()
  await look(page, 'voices-real')
})

test('a voice is heard and chosen, and sounds are on their way', async ({ page }) => {
  let view = VIEW
  await listenTo(page)
  await page.route('**/api/voices', async (route) => {
    if (route.request().method() === 'PUT') {
      const { voice, speed } = route.request().postDataJSON() as { voice: string; speed: number }
      view = { ...view, voice, speed, left: view.wanted }
    } else view = { ...view, left: view.left - 12 }
    await route.fulfill({ json: view })
  })
  await page.route('**/api/voices/preview', humming(0.5))
  await page.route('**/api/readings/*', (route) => {
    view = { ...view, readings: [] }
    return route.fulfill({ json: view })
  })
  await openAt(page, '/console/voices')
  await expect(page.getByText(/1240 段声音，好了 \d+ 段，还差 \d+ 段，还要约 1 小时 27 分钟/)).toBeVisible()
  await expect(page.getByRole('cell', { name: 'chóng bàn' })).toBeVisible()
  await look(page, 'voices')

  // It goes on by itself.
  const left = await page.getByText(/还差 \d+ 段/).innerText()
  await expect(page.getByText(left)).toBeHidden({ timeout: 10_000 })

  await page.getByRole('button', { name: '试听：男声 · 云希' }).click()
  await expect.poll(() => events(page)).toEqual(['playing', 'ended'])
  await page.getByText('男声 · 云希').click()
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.getByText('已保存。')).toBeVisible()
  await expect(page.getByRole('radio', { name: '男声 · 云希' })).toBeChecked()

  await page.getByRole('button', { name: '删除：重办' }).click()
  await page.getByRole('button', { name: '确定删除' }).click()
  await expect(page.getByText('还没有改过读音')).toBeVisible()
})

test('a voice that cannot be had says why', async ({ page }) => {
  await page.route('**/api/voices', (route) => route.fulfill({ json: VIEW }))
  await page.route('**/api/voices/preview', (route) =>
    route.fulfill({ status: 503, json: { code: 'unavailable', message: '现在念不了，请稍后再试。' } }),
  )
  await openAt(page, '/console/voices')
  await page.getByRole('button', { name: '试听：女声 · 晓伊' }).click()
  await expect(page.getByText('现在念不了，请稍后再试。')).toBeVisible()
})

test('a wrong reading is put right where it is read', async ({ page }) => {
  const READ: [string, string, string[]][] = [
    ['要', 'yao4', ['yao1']],
    ['重', 'zhong4', ['chong2']],
    ['办', 'ban4', []],
    ['。', '', []],
  ]
  const characters = READ.map(([text, reading, others]) => ({ text, reading, others }))
  const corrections: unknown[] = []
  await page.route('**/api/voices/reading', (route) => route.fulfill({ json: { characters } }))
  await page.route('**/api/readings', (route) => {
    corrections.push(route.request().postDataJSON())
    return route.fulfill({ json: VIEW })
  })
  await openAt(page, '/console/candidates/new')
  await page.getByLabel('念出来的答案').fill('要重办。')
  await page.getByRole('button', { name: '看读音' }).click()
  await look(page, 'reading', '.reading')
  await page.getByRole('button', { name: '重，读 zhòng，改读音' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('yào chóng bàn')
  // Without 要 it is the word itself.
  await dialog.getByRole('group', { name: '选词' }).getByRole('button', { name: '要' }).click()
  await page.screenshot({ path: `${shots}/console-reading-dialog.png` })
  await dialog.getByRole('button', { name: '保存读音' }).click()
  await expect(page.getByText('读音已改好')).toBeVisible()
  expect(corrections).toEqual([{ word: '重办', reading: 'chong2 ban4', sample: '要重办。' }])
})
