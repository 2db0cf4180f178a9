import type { Connect, Plugin } from 'vite'

// The server answers with a page under these paths; `vite` and `vite preview`
// do the same, so that an address means the same everywhere.
const NAMES: [RegExp, string][] = [
  [/^\/(terminal)?$/, '/terminal.html'],
  [/^\/(desk|console)(\/.*)?$/, '/desk.html'],
]

const rewrite: Connect.NextHandleFunction = (request, _response, next) => {
  const [path = '/', query] = (request.url ?? '/').split('?')
  const page = NAMES.find(([name]) => name.test(path))?.[1]
  if (page) request.url = query === undefined ? page : `${page}?${query}`
  next()
}

export function pageNames(): Plugin {
  return {
    name: 'linli:page-names',
    configureServer: (server) => void server.middlewares.use(rewrite),
    configurePreviewServer: (server) => void server.middlewares.use(rewrite),
  }
}
