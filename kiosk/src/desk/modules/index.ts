import type { DeskModule } from '../module'

const found = import.meta.glob<{ default: DeskModule }>('./*/module.ts', { eager: true })

/** Every module, in the order of the menu. */
export const modules: DeskModule[] = Object.values(found)
  .map((file) => file.default)
  .sort((a, b) => (a.menu?.order ?? 0) - (b.menu?.order ?? 0))
