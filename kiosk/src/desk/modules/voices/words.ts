import type { VoicesView } from '../../resources'

/** How much of it is made, in whole percent: 100 only when nothing is left. */
export function percentOf({ wanted, left }: Pick<VoicesView, 'wanted' | 'left'>): number {
  return wanted === 0 ? 100 : Math.floor(((wanted - left) * 100) / wanted)
}

/** 还要约 2 小时 5 分钟 */
export function leftWords(seconds: number | null | undefined): string {
  if (seconds == null) return ''
  const minutes = Math.ceil(seconds / 60)
  if (minutes <= 1) return '还要不到一分钟'
  if (minutes < 60) return `还要约 ${minutes} 分钟`
  const rest = minutes % 60
  return `还要约 ${Math.floor(minutes / 60)} 小时${rest ? ` ${rest} 分钟` : ''}`
}

export function progressWords(view: Pick<VoicesView, 'wanted' | 'left' | 'seconds_left'>): string {
  const { wanted, left } = view
  if (wanted === 0) return '还没有要合成的声音。'
  if (left === 0) return `${wanted} 段声音都好了。`
  const time = leftWords(view.seconds_left)
  return `${wanted} 段声音，好了 ${wanted - left} 段，还差 ${left} 段${time ? `，${time}` : ''}。`
}

/** 0.95 as people say it: 比平常说话慢 5%. */
export function speedWords(speed: number): string {
  const percent = Math.round((speed - 1) * 100)
  if (percent === 0) return '平常说话的快慢'
  return `比平常说话${percent < 0 ? '慢' : '快'} ${Math.abs(percent)}%`
}
