import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** Old terminals behind thin lines load this much at most, gzipped. */
const MOST_BYTES = 50_000

/** Fails a build of the terminal's page that has grown too large. */
export function pageLimit(): Plugin {
  return {
    name: 'linli:page-limit',
    apply: 'build',
    generateBundle(_options, bundle) {
      const sizes = Object.values(bundle).map((file) => gzipSync(file.type === 'chunk' ? file.code : file.source).length)
      const all = sizes.reduce((sum, size) => sum + size, 0)
      if (all > MOST_BYTES) this.error(`the page takes ${all} bytes gzipped; ${MOST_BYTES} are allowed`)
      this.info(`the page takes ${all} of ${MOST_BYTES} bytes gzipped`)
    },
  }
}
