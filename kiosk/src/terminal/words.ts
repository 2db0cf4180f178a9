// What the terminal says, where it depends on something.
import { dateWords, momentWords, waitWords } from '../shared/format'
import type { Case } from './state'
import type { SourceRef } from './wire'

/** 依据：《…》京公发〔2023〕1号，北京市公安局，自2023年5月1日起施行，有效期至2028年4月30日 */
export function sourceWords(source: SourceRef): string {
  const title = source.title.startsWith('《') ? source.title : `《${source.title}》`
  const parts = [
    `${title}${source.number ?? ''}`,
    source.issuer ?? '',
    source.effective ? `自${dateWords(source.effective)}起施行` : '',
    source.expires ? `有效期至${dateWords(source.expires)}` : '',
  ]
  return parts.filter((part) => part !== '').join('，')
}

/** Why there is no answer, told warmly. */
export function noAnswerWords(reason: string): string {
  switch (reason) {
    case 'unsure':
      return '这个问题我拿不准，不敢乱说。'
    case 'unclear':
      return '我没有听明白您想问什么，不敢乱说。您可以换个说法，或者请工作人员帮忙。'
    case 'none_of_these':
      return '都不是您想问的，那这个问题我还不会，不敢乱说。'
    default:
      return '这个问题我还不会，不敢乱说。'
  }
}

/** What became of a question that was spoken and not understood, and what to do. */
export function unheardWords(why: string, seconds: number | null): { title: string; advice: string; again: string } {
  const again = '再说一次'
  switch (why) {
    case 'missing':
      return { title: '没有找到话筒', advice: '请在下面打字问我，或者请工作人员帮忙。', again: '再试一次' }
    case 'forbidden':
      return { title: '话筒没有打开', advice: '这台机器没有允许用话筒。请在下面打字问我，或者请工作人员帮忙。', again: '再试一次' }
    case 'taken':
    case 'broken':
      return { title: '话筒这会儿用不了', advice: '请在下面打字问我，或者过一会儿再试。', again: '再试一次' }
    case 'unplugged':
      return { title: '话筒断开了，没有听完', advice: '请在下面打字问我，或者请工作人员来看看话筒。', again: '再试一次' }
    case 'connection':
      return { title: '刚才断线了，没有听完', advice: '不怪您，是网络断了一下。请再说一遍，也可以在下面打字。', again }
    case 'busy':
      return { title: '现在问的人多', advice: `请等${seconds ?? '几'}秒钟再说一遍，也可以在下面打字问我。`, again }
    case 'silence':
    case 'no_voice':
      return { title: '没有听到您说话', advice: '请按“再说一次”，看到“请说，我在听”，再靠近屏幕说。', again }
    case 'sound':
      return { title: '只听到一些声响', advice: '请靠近一点，再说一遍。旁边太吵的话，也可以在下面打字问我。', again }
    default:
      return { title: '没有听清楚', advice: '请靠近一点，再说一遍。旁边太吵的话，也可以在下面打字问我。', again }
  }
}

/** Who will read it, and when. */
export function onlineWords(workersOnline: number): string {
  return workersOnline > 0
    ? '现在有工作人员在线，交给他们，马上有人看到。'
    : '现在没有人在线。交给工作人员，会告诉您最晚什么时候答复。'
}

export function caseTitle(state: Case['state'], worker: string | null): string {
  switch (state) {
    case 'waiting':
      return '已经交给工作人员了'
    case 'claimed':
      return `${worker ?? '工作人员'}正在看您的问题`
    case 'answered':
      return '工作人员答复您了'
    case 'closed':
      return '这件事已经结束'
  }
}

/** Place in the queue, wait and due time, one line each. */
export function caseFacts(shown: Case, now: number): string[] {
  if (shown.state === 'closed') return ['如果还有疑问，请再问一次，或者到社区服务站。']
  if (shown.state === 'answered') return []
  const facts: string[] = []
  if (shown.state === 'waiting' && shown.ahead !== null) {
    facts.push(shown.ahead === 0 ? '您排在第一位。' : `您前面还有 ${shown.ahead} 位。`)
  }
  if (shown.state === 'waiting' && shown.wait) facts.push(`预计等待：${waitWords(shown.wait)}。`)
  if (shown.due !== null) facts.push(`最晚${momentWords(shown.due, now)}前答复。`)
  return facts
}

export function greeting(now: number): string {
  const hour = new Date(now + 8 * 3_600_000).getUTCHours()
  if (hour < 5) return '您好'
  return hour < 11 ? '早上好' : hour < 13 ? '中午好' : hour < 18 ? '下午好' : '晚上好'
}

/** 138 1234 5678: grouped while it is typed. */
export function phoneGroups(digits: string): string {
  return [digits.slice(0, 3), digits.slice(3, 7), digits.slice(7)].filter(Boolean).join(' ')
}
