/** The menu item that a path belongs to: the longest that begins it. */
export function currentItem(items: { to: string }[], path: string): string | undefined {
  return items
    .map((item) => item.to)
    .filter((to) => path === to || path.startsWith(`${to}/`))
    .sort((a, b) => b.length - a.length)[0]
}
