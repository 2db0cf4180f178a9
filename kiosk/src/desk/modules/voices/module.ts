import { Headset } from '@element-plus/icons-vue'
import { defineModule } from '../../module'

export default defineModule({
  role: 'admin',
  menu: { text: '语音', to: '/console/voices', icon: Headset, order: 16 },
  routes: [
    {
      path: '/console/voices',
      name: 'voices',
      component: () => import('./VoicesPage.vue'),
      meta: { title: '语音' },
    },
  ],
})
