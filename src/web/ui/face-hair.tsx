import type { Face } from '#web/ui/face.ts';

const fringe =
  'M12.9 18.5C12 11.3 15.6 8 20.3 8c5 0 8.2 3.6 6.9 10.5-.9-3.2-2.3-5-3.6-5.9-2.4 1.4-5.6 1.8-8 1.4-1.3 1-2.2 2.4-2.7 4.5z';

/** What lies behind the head. */
export function HairBehind({ style, hair, clothes }: Face) {
  switch (style) {
    case 'long':
      return <path d="M11.6 31c-1.5-6-1.8-22 8.4-23 10.2 1 9.9 17 8.4 23-2 1.6-14.8 1.6-16.8 0z" fill={hair} />;
    case 'bob':
      return <path d="M11.8 25.4C10.3 17 12 8.2 20 8c8 .2 9.7 9 8.2 17.4-3 1.8-13.4 1.8-16.4 0z" fill={hair} />;
    case 'scarf':
      return <path d="M11 26c-1.4-9 .8-18.6 9-18.600S30.4 17 29 26c-1 4-5 7-9 7s-8-3-9-7z" fill={clothes} />;
    case 'bun':
      return <circle cx="20" cy="7" r="4" fill={hair} />;
    case 'curls':
      return (
        <g fill={hair}>
          <circle cx="13.5" cy="14" r="4.6" />
          <circle cx="17" cy="9.8" r="4.8" />
          <circle cx="23" cy="9.8" r="4.8" />
          <circle cx="26.5" cy="14" r="4.6" />
          <circle cx="12.6" cy="19.5" r="3.8" />
          <circle cx="27.4" cy="19.5" r="3.8" />
        </g>
      );
    default:
      return null;
  }
}

/** What lies over the forehead. */
export function HairBefore({ style, hair }: Face) {
  switch (style) {
    case 'cap':
      return <path d="M12.6 15.500C12 9 15.4 6.2 20 6.200s8 2.8 7.4 9.300c-4.5-1.4-10.3-1.4-14.8 0z" fill={hair} />;
    case 'scarf':
      return (
        <path
          d="M13 17c.2-5.4 2.9-7.6 7-7.600s6.8 2.2 7 7.600c-1.6-3.2-3.8-4.6-7-4.600s-5.4 1.4-7 4.600z"
          opacity=".14"
        />
      );
    case 'curls':
      return (
        <path d="M13.2 18c0-5 2.6-7.4 6.8-7.400s6.8 2.4 6.8 7.400c-1.2-2.7-3.6-4-6.8-4s-5.6 1.3-6.8 4z" fill={hair} />
      );
    case 'beard':
      return (
        <g fill={hair}>
          <path d={fringe} />
          <path d="M13.5 18.800c.2 5.6 2.7 8.9 6.5 8.900s6.3-3.3 6.5-8.900c-1 2.6-2.4 3.6-4 3.7-1.4-.9-3.6-.9-5 0-1.6-.1-3-1.1-4-3.700z" />
        </g>
      );
    default:
      return <path d={fringe} fill={hair} />;
  }
}
