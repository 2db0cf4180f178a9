// A resident asks something that nobody has written down; the desk sees it
// without a reload, and the answer reaches the terminal.
import { expect, test, type Browser, type Page } from '@playwright/test'

const server = process.env.LINLI_URL ?? ''
const password = process.env.LINLI_ADMIN_PASSWORD ?? ''
const shots = 'test-results'

test.skip(!server || !password, 'needs LINLI_URL and LINLI_ADMIN_PASSWORD')

// New in every run, so that an earlier run's knowledge does not answer it.
const name = Array.from({ length: 3 }, () => '槐柳柏枫榆樱杉桂'[Math.floor(Math.random() * 8)]).join('')
const question = `${name}码头的旧船票可以换喇叭花吗`
const answer = '可以换。请带上旧船票，工作日到社区服务台二号窗口换。'

async function open(browser: Browser, path: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN' })
  const page = await context.newPage()
  page.on('request', (request) => {
    const { host } = new URL(request.url())
    if (/^(https?|wss?):/.test(request.url())) expect(host).toBe(new URL(server).host)
  })
  await page.goto(server + path)
  return page
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('账号').fill('admin')
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录' }).click()
}

test('what the machine does not know is answered by a person', async ({ browser }) => {
  const desk = await open(browser, '/desk')
  await expect(desk).toHaveURL(/\/desk\/sign-in/)
  await signIn(desk)
  await expect(desk.getByText('实时更新')).toBeVisible()
  await expect(desk.getByRole('link', { name: question })).toHaveCount(0)

  const terminal = await open(browser, '/terminal')
  await terminal.getByRole('textbox').first().fill(question)
  await terminal.getByRole('textbox').first().press('Enter')
  // What comes near may be offered first; it is none of it.
  const none = terminal.getByRole('button', { name: '都不是' })
  const help = terminal.getByRole('button', { name: '请工作人员帮忙' })
  await expect(none.or(help)).toBeVisible()
  if (await none.isVisible()) await none.click()
  await help.click()
  await terminal.getByRole('button', { name: '交给工作人员' }).click()
  await expect(terminal.getByText('已经交给工作人员了')).toBeVisible()

  // No reload: it comes by the live channel, and the tab says so.
  const row = desk.getByRole('link', { name: question })
  await expect(row).toBeVisible()
  await expect(row).toContainText('居民还在等')
  await expect(desk).toHaveTitle(/^\(\d+\) /)
  await row.click()
  await desk.screenshot({ path: `${shots}/desk-waiting.png` })

  await desk.getByRole('button', { name: '认领', exact: true }).click()
  await expect(desk.getByText('我在办').first()).toBeVisible()
  await expect(terminal.getByText('正在看您的问题')).toBeVisible()

  await desk.getByLabel('说一句话').fill('您好，我问一下同事，请稍等。')
  await desk.getByRole('button', { name: '发一句话' }).click()
  await expect(terminal.getByText('我问一下同事')).toBeVisible()

  await desk.getByLabel('答复居民').fill(answer)
  await expect(desk.getByRole('checkbox', { name: '收进知识库' })).toBeChecked()
  await desk.screenshot({ path: `${shots}/desk-answer.png` })
  await desk.getByRole('button', { name: '发送答复' }).click()
  await expect(desk.getByText('给居民的答复')).toBeVisible()
  await expect(terminal.getByText(answer)).toBeVisible()
  await terminal.screenshot({ path: `${shots}/desk-terminal-answered.png` })

  await desk.getByRole('link', { name: '已结束' }).click()
  await expect(desk.getByRole('link', { name: question })).toBeVisible()
})

test('the desk works on a phone', async ({ browser }) => {
  const desk = await open(browser, '/desk')
  await desk.setViewportSize({ width: 375, height: 740 })
  await signIn(desk)
  await expect(desk.getByText('实时更新')).toBeVisible()
  const width = await desk.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(375)
  await desk.screenshot({ path: `${shots}/desk-phone.png` })
})

test('a wrong password is told in words, and the wanted page comes after', async ({ browser }) => {
  const desk = await open(browser, '/console/editions')
  await desk.getByLabel('账号').fill('admin')
  await desk.getByLabel('密码', { exact: true }).fill('不是这个密码')
  await desk.getByRole('button', { name: '登录' }).click()
  await expect(desk.getByText('账号或密码不对')).toBeVisible()
  await signIn(desk)
  await expect(desk).toHaveURL(/\/console\/editions$/)
})
