import { createApp } from 'vue'
import App from './App.vue'
import '../shared/tokens.css'
import './terminal.css'

createApp(App).mount('#app')
