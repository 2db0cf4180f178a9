import vue from '@vitejs/plugin-vue'
import AutoImport from 'unplugin-auto-import/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import Components from 'unplugin-vue-components/vite'
import { defineConfig, type PluginOption, type UserConfig } from 'vite'
import { compressAssets } from './scripts/compress-assets.ts'
import { minifyAgain } from './scripts/minify-again.ts'
import { pageLimit } from './scripts/page-limit.ts'
import { pageNames } from './scripts/page-names.ts'

const here = (path: string) => new URL(path, import.meta.url).pathname
const server = process.env.LINLI_SERVER ?? 'http://127.0.0.1:8080'

const proxy = Object.fromEntries(
  ['/api', '/pair'].map((path) => [path, { target: server, changeOrigin: true }]),
)

// Element Plus belongs to the desk alone. The terminal has no UI kit, and
// these two look at no file of it.
const deskOnly = { include: [/\/src\/desk\/.*\.(vue|ts)$/] }
const elementPlus: PluginOption[] = [
  AutoImport({ ...deskOnly, resolvers: [ElementPlusResolver()], dts: 'src/desk/auto-imports.d.ts' }),
  // Types of the components come from element-plus/global (tsconfig.json).
  Components({ ...deskOnly, dirs: [], resolvers: [ElementPlusResolver()], dts: false }),
]

// The two pages are built one after the other (`--mode terminal`, `--mode
// desk`). In one build they would share a chunk of Vue with everything that
// Element Plus needs of it, and old terminals would have to load that.
const PAGES = ['terminal', 'desk']

export default defineConfig(({ mode, command }): UserConfig => {
  const pages = PAGES.includes(mode) ? [mode] : PAGES
  const terminalOnly = command === 'build' && mode === 'terminal'
  return {
    plugins: [vue(), ...(terminalOnly ? [minifyAgain(), pageLimit()] : elementPlus), pageNames(), compressAssets()],
    define: terminalOnly ? { __VUE_OPTIONS_API__: 'false' } : {},
    build: {
      target: 'chrome87',
      outDir: 'dist',
      emptyOutDir: mode !== 'desk',
      assetsDir: 'assets',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1200,
      rolldownOptions: {
        input: Object.fromEntries(pages.map((page) => [page, here(`./${page}.html`)])),
        output: {
          entryFileNames: 'assets/[name]-[hash].js',
          chunkFileNames: 'assets/[name]-[hash].js',
          assetFileNames: 'assets/[name]-[hash][extname]',
        },
      },
    },
    server: { proxy: { ...proxy, '/ws': { target: server, ws: true, changeOrigin: true } } },
    preview: { proxy: { ...proxy, '/ws': { target: server, ws: true, changeOrigin: true } } },
  }
})
