import {
  type ActionIconProps,
  type AnchorProps,
  type ButtonProps,
  type CheckboxProps,
  type CSSVariablesResolver,
  createTheme,
  type DrawerHeaderProps,
  type DrawerProps,
  type MantineColorsTuple,
  type MenuProps,
  type ModalHeaderProps,
  type ModalProps,
  type NumberInputProps,
  type PopoverProps,
  type SelectProps,
  type TextareaProps,
  type TextInputProps,
  type TooltipProps,
} from '@mantine/core';

/** Shades only feed what Mantine computes by itself; every visible colour is replaced by a token below. */
const teal: MantineColorsTuple = [
  '#e4f1ef',
  '#cfe6e3',
  '#9fcfca',
  '#6fcfc6',
  '#4dbdb3',
  '#198a81',
  '#14776f',
  '#0b6b66',
  '#0a5f5a',
  '#095853',
];

const field = { size: 'sm', radius: 6 } as const;

/** What a component is given unless a page says otherwise. Not Mantine's own `extend`, which would bring every component into the first download. */
const looks = <Props>(defaultProps: Partial<Props>) => ({ defaultProps });

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  colors: { teal },
  fontFamily: 'var(--font)',
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  defaultRadius: 6,
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: looks<ButtonProps>({ size: 'sm', variant: 'default' }),
    ActionIcon: looks<ActionIconProps>({ variant: 'subtle', size: 32, color: 'gray' }),
    Anchor: looks<AnchorProps>({ underline: 'hover' }),
    Checkbox: looks<CheckboxProps>({ size: 'xs', radius: 4 }),
    TextInput: looks<TextInputProps>(field),
    NumberInput: looks<NumberInputProps>(field),
    Select: looks<SelectProps>({ ...field, allowDeselect: false }),
    Textarea: looks<TextareaProps>({ ...field, autosize: true, minRows: 3 }),
    Menu: looks<MenuProps>({ shadow: 'md', radius: 8, transitionProps: { duration: 120 } }),
    Popover: looks<PopoverProps>({ shadow: 'md', radius: 8, transitionProps: { duration: 120 } }),
    Tooltip: looks<TooltipProps>({ openDelay: 300, events: { hover: true, focus: true, touch: true } }),
    Modal: looks<ModalProps>({
      radius: 10,
      centered: true,
      transitionProps: { duration: 150 },
      closeButtonProps: { 'aria-label': 'Close' },
    }),
    // A <header> in a dialog would else count as a second banner of the page.
    ModalHeader: looks<ModalHeaderProps>({ role: 'presentation' }),
    DrawerHeader: looks<DrawerHeaderProps>({ role: 'presentation' }),
    Drawer: looks<DrawerProps>({ transitionProps: { duration: 150 }, closeButtonProps: { 'aria-label': 'Close' } }),
  },
});

/** Both themes read the same tokens, which are light-dark() themselves. */
const fromTokens = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink-1)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-anchor': 'var(--accent-ink)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--ink-1)',
  '--mantine-color-default-border': 'var(--line-2)',
  '--mantine-color-disabled': 'var(--sunken)',
  '--mantine-color-disabled-color': 'var(--ink-3)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-color-teal-filled': 'var(--fill)',
  '--mantine-color-teal-filled-hover': 'var(--fill-2)',
  '--mantine-color-teal-text': 'var(--accent-ink)',
  '--mantine-color-teal-light': 'var(--accent-soft)',
  '--mantine-color-teal-light-hover': 'var(--accent-soft)',
  '--mantine-color-teal-light-color': 'var(--accent-ink)',
  '--mantine-color-teal-outline': 'var(--accent)',
  '--mantine-color-red-filled': 'var(--danger-fill)',
  '--mantine-color-red-filled-hover': 'var(--danger-fill-2)',
  '--mantine-color-red-text': 'var(--bad)',
  '--mantine-color-gray-text': 'var(--ink-2)',
  '--mantine-color-gray-light-hover': 'var(--hover)',
  '--mantine-color-gray-light-color': 'var(--ink-2)',
  '--mantine-primary-color-contrast': 'var(--on-fill)',
};

export const resolveVariables: CSSVariablesResolver = () => ({ variables: {}, light: fromTokens, dark: fromTokens });
