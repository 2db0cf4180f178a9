import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** A picture for people, and what axe says, with the stricter contrast too. */
export async function inspect(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `test-results/terminal-${name}.png` })
  const { violations } = await new AxeBuilder({ page })
    .options({ rules: { 'color-contrast-enhanced': { enabled: true } } })
    .analyze()
  const found = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`)
  expect(found, `axe on ${name}`).toEqual([])
  const small = await page.evaluate(() =>
    Array.from(document.querySelectorAll('button, input, textarea'), (element) => ({
      words: element.textContent || element.id,
      height: element.getBoundingClientRect().height,
    })).filter(({ height }) => height > 0 && height < 71.5),
  )
  expect(small, `touch targets on ${name}`).toEqual([])
}
