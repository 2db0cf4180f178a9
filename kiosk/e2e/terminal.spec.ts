import { expect, test as base, type Page } from '@playwright/test'
import { inspect } from './inspect'

const KNOWN = '居住证怎么办理'
const NONSENSE = '皮卡丘和喷火龙对战谁厉害'

/** A terminal page that asks nobody but its own server. */
const test = base.extend<{ terminal: Page }>({
  terminal: async ({ page, baseURL }, use) => {
    const strangers: string[] = []
    const origin = new URL(baseURL ?? '').host
    page.on('request', (request) => {
      const { protocol, host } = new URL(request.url())
      // Sounds that were fetched ahead are played from memory.
      if (!['data:', 'blob:'].includes(protocol) && host !== origin) strangers.push(request.url())
    })
    page.on('websocket', (socket) => {
      if (new URL(socket.url()).host !== origin) strangers.push(socket.url())
    })
    await page.goto('/terminal')
    await expect(page.getByRole('heading', { level: 1 })).toContainText('有什么事想问')
    await use(page)
    expect(strangers).toEqual([])
  },
})

const question = (page: Page) => page.getByRole('textbox', { name: '您的问题' })

async function ask(page: Page, words: string): Promise<void> {
  await question(page).fill(words)
  await page.getByRole('button', { name: '提问' }).click()
}

async function asked(page: Page, words: string): Promise<void> {
  await ask(page, words)
  await expect(page.getByRole('heading', { name: /正在找答案|还在找/ })).toBeHidden()
}

async function handOver(page: Page): Promise<string> {
  await asked(page, NONSENSE)
  await expect(page.getByRole('heading', { name: '不敢乱说' })).toBeVisible()
  await page.getByRole('button', { name: '请工作人员帮忙' }).click()
  await page.getByRole('textbox', { name: '想补充什么' }).fill('住在三号楼')
  await page.getByRole('button', { name: '交给工作人员' }).click()
  const code = page.getByRole('complementary', { name: '取件码' })
  await expect(code).toContainText(/\d{3} \d{3}/)
  return /\d{3} \d{3}/.exec(await code.innerText())?.[0].replace(' ', '') ?? ''
}

test('the idle screen', async ({ terminal }) => {
  await expect(terminal.getByText('由AI提供')).toBeVisible()
  await expect(terminal.getByText('正在重新连接')).toBeHidden()
  await inspect(terminal, 'idle')
})

test('who cannot read it says so, and the same comes in larger letters', async ({ terminal }) => {
  await asked(terminal, KNOWN)
  const answer = terminal.getByRole('article')
  const heading = await terminal.getByRole('heading', { level: 1 }).innerText()
  await asked(terminal, '字太小了，看不清')
  await expect(terminal.locator('html')).toHaveAttribute('data-size', 'large')
  await expect(terminal.getByRole('heading', { level: 1 })).toHaveText(heading)
  await expect(answer).toContainText('居住证')
  await asked(terminal, '字再大一点')
  await expect(terminal.locator('html')).toHaveAttribute('data-size', 'huge')
  await inspect(terminal, 'larger')
  await terminal.getByRole('button', { name: '结束' }).click()
  await expect(terminal.locator('html')).toHaveAttribute('data-size', 'normal')
})

test('a known question is answered with its source, and takes feedback', async ({ terminal }) => {
  await asked(terminal, KNOWN)
  const answer = terminal.getByRole('article')
  await expect(answer).toContainText('居住证')
  await expect(answer).toContainText(/依据《.+》/)
  await inspect(terminal, 'answer')
  await terminal.getByRole('button', { name: '没有帮助' }).click()
  await expect(terminal.getByText('要不要问问工作人员')).toBeVisible()
  await inspect(terminal, 'feedback')
})

test('nonsense gets the truth, and people', async ({ terminal }) => {
  await asked(terminal, NONSENSE)
  await inspect(terminal, 'no-answer')
  await terminal.getByRole('button', { name: '请工作人员帮忙' }).click()
  await inspect(terminal, 'form')
  await terminal.getByRole('button', { name: '返回' }).click()
  const code = await handOver(terminal)
  await expect(terminal.getByRole('heading', { name: '已经交给工作人员了' })).toBeVisible()
  await expect(terminal.getByText(/最晚.+前答复/)).toBeVisible()
  await inspect(terminal, 'escalation')

  // Somebody comes back with the code, in a session of their own.
  await terminal.getByRole('button', { name: '结束' }).click()
  await terminal.getByRole('button', { name: '输入取件码' }).click()
  await inspect(terminal, 'code')
  for (const digit of code) await terminal.getByRole('button', { name: digit, exact: true }).click()
  await terminal.getByRole('button', { name: '看答复' }).click()
  await expect(terminal.getByRole('complementary', { name: '取件码' })).toContainText(
    `${code.slice(0, 3)} ${code.slice(3)}`,
  )
})

test('a vague question gets choices', async ({ terminal }) => {
  // What is vague depends on the knowledge: the first of these that is.
  const heading = terminal.getByRole('heading', { name: '您是不是想问' })
  for (const vague of ['我想办证', '补贴怎么领', '证件丢了', '老人的事', '医保']) {
    await asked(terminal, vague)
    if (await heading.isVisible()) break
  }
  await expect(heading).toBeVisible()
  await inspect(terminal, 'choices')
  await terminal.getByRole('listitem').getByRole('button').first().click()
  await expect(terminal.getByRole('article')).toContainText(/依据《.+》/)
})

test('none of the choices is a question for people', async ({ terminal }) => {
  const heading = terminal.getByRole('heading', { name: '您是不是想问' })
  for (const vague of ['我想办证', '补贴怎么领', '证件丢了', '老人的事', '医保']) {
    await asked(terminal, vague)
    if (await heading.isVisible()) break
  }
  await terminal.getByRole('button', { name: '都不是' }).click()
  await expect(terminal.getByRole('button', { name: '请工作人员帮忙' })).toBeVisible()
})

test('danger fills the screen', async ({ terminal }) => {
  await ask(terminal, '家里着火了')
  await expect(terminal.getByText('119', { exact: true })).toBeVisible()
  await inspect(terminal, 'emergency')
  await terminal.getByRole('button', { name: '我知道了' }).click()
  await expect(question(terminal)).toBeVisible()
})

test('结束 wipes everything within a second', async ({ terminal }) => {
  await terminal.getByRole('button', { name: '特大' }).click()
  await asked(terminal, NONSENSE)
  await question(terminal).fill('我叫张桂兰')
  await inspect(terminal, 'huge')
  await terminal.getByRole('button', { name: '结束' }).click()
  await expect(terminal.getByRole('heading', { name: '有什么事想问' })).toBeVisible({ timeout: 1000 })
  await expect(question(terminal)).toHaveValue('')
  await expect(terminal.locator('html')).toHaveAttribute('data-size', 'normal')
  expect(await terminal.content()).not.toMatch(/火星|张桂兰/)
  expect(await terminal.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0)
  // The next resident is served at once.
  await asked(terminal, KNOWN)
  await expect(terminal.getByRole('article')).toContainText('居住证')
})

base('nobody there: a warning, then the wipe', async ({ page }) => {
  // While it speaks somebody listens, and sounds do not hurry with this clock.
  await page.route('**/audio/*', (route) => route.abort())
  await page.clock.install()
  await page.goto('/terminal')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('有什么事想问')
  await asked(page, KNOWN)
  await expect(page.getByRole('article')).toBeVisible()
  await page.clock.runFor(95_000)
  await expect(page.getByRole('alertdialog', { name: '您还在吗？' })).toBeVisible()
  await inspect(page, 'still-here')
  await page.getByRole('button', { name: '我还在' }).click()
  await expect(page.getByRole('article')).toBeVisible()
  await page.clock.runFor(125_000)
  await expect(page.getByRole('article')).toBeHidden()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('有什么事想问')
})

base('an answer comes at once on screens of every shape', async ({ page }) => {
  for (const [width, height] of [[1024, 768], [1920, 1080], [1080, 1920]] as const) {
    await page.setViewportSize({ width, height })
    await page.goto('/terminal')
    await asked(page, KNOWN)
    await expect(page.getByRole('article')).toBeVisible()
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    expect(wide, `${width}x${height} scrolls sideways`).toBe(false)
    await page.screenshot({ path: `test-results/terminal-answer-${width}x${height}.png` })
  }
})
