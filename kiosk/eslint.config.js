import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

const SOCKET = ['WebSocket', 'fetch', 'EventSource', 'XMLHttpRequest'].map((name) => ({
  name,
  message: 'Only use-*.ts files touch the socket or the HTTP client.',
}))

const HTTP_CLIENT = {
  name: 'openapi-fetch',
  message: 'Only use-*.ts files touch the HTTP client.',
}

const KIT = ['element-plus', 'element-plus/*', '@element-plus/*', 'vue-router', 'echarts', 'echarts/*']

const DESK_APART = 'The desk knows nothing of the terminal; what both need lies in src/shared.'

const apart = (files, group, message, paths = []) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { paths, patterns: [{ group, message }] }] },
})

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'test-results/',
      'src/protocol/channels.ts',
      'src/protocol/rest.ts',
      'src/desk/auto-imports.d.ts',
    ],
  },
  tseslint.configs.recommended,
  vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      'max-lines': ['error', { max: 200 }],
      'vue/no-v-html': 'error',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      // How tags are broken into lines is the writer's business.
      'vue/attributes-order': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
      'vue/html-self-closing': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/require-default-prop': 'off',
      // App and the like: a page's root has one name in every Vue project.
      'vue/multi-word-component-names': ['error', { ignores: ['App'] }],
    },
  },
  {
    files: ['**/*.ts', '**/*.vue'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['**/*.test.ts', 'e2e/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.vue'],
    ignores: ['src/**/use-*.ts', 'src/**/*.test.ts'],
    rules: { 'no-restricted-globals': ['error', ...SOCKET] },
  },
  apart(
    ['src/terminal/**'],
    ['**/desk/**', 'openapi-fetch', ...KIT],
    'The terminal loads no UI kit and knows nothing of the desk.',
  ),
  apart(['src/desk/**'], ['**/terminal/**'], DESK_APART, [HTTP_CLIENT]),
  apart(['src/desk/**/use-*.ts'], ['**/terminal/**'], DESK_APART),
  apart(
    ['src/shared/**', 'src/protocol/**'],
    ['**/desk/**', '**/terminal/**', ...KIT],
    'What both pages use must not know either of them.',
  ),
)
