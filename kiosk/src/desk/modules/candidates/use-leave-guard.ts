import { ElMessageBox } from 'element-plus/es/components/message-box/index'
import 'element-plus/es/components/message-box/style/css'
import { onScopeDispose } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'

/** Asks before words that were not saved are lost. */
export function useLeaveGuard(dirty: () => boolean): void {
  const beforeUnload = (event: BeforeUnloadEvent) => dirty() && event.preventDefault()
  window.addEventListener('beforeunload', beforeUnload)
  onScopeDispose(() => window.removeEventListener('beforeunload', beforeUnload))

  onBeforeRouteLeave(async () => {
    if (!dirty()) return true
    return ElMessageBox.confirm('改动还没有保存，离开就没有了。', '离开这一页？', {
      confirmButtonText: '离开',
      cancelButtonText: '留下',
    }).then(
      () => true,
      () => false,
    )
  })
}
