// The least of the kit, for tests of components that use it.
export const KIT = {
  ElButton: { props: ['disabled'], template: '<button type="button" :disabled="disabled"><slot /></button>' },
  ElDialog: { props: ['title', 'modelValue'], template: '<div role="dialog" :aria-label="title"><slot /><slot name="footer" /></div>' },
  ElInput: {
    props: ['modelValue'],
    emits: ['update:modelValue'],
    template: `<input :value="modelValue" @input="$emit('update:modelValue', $event.target.value)" />`,
  },
  ElRadioGroup: {
    props: ['modelValue'],
    emits: ['update:modelValue'],
    provide(this: { $emit: (name: string, value: unknown) => void }) {
      return { choose: (value: unknown) => this.$emit('update:modelValue', value) }
    },
    template: '<div role="radiogroup"><slot /></div>',
  },
  ElRadio: {
    props: ['value'],
    inject: ['choose'],
    template: '<label><input type="radio" @change="choose(value)" /><slot /></label>',
  },
}
