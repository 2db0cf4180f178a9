// @vitest-environment node
import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'

it('the generated types are fresh', { timeout: 30_000 }, () => {
  const run = () =>
    execFileSync(process.execPath, ['scripts/generate.mjs', '--check'], { encoding: 'utf8' })
  expect(run).not.toThrow()
})
