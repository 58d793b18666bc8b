import type { Person } from '../people';

const colours = ['#2bac76', '#e0623f', '#3d7dc8', '#9b51a0', '#c7952b', '#4c8077', '#b5446e'];

export function Avatar({ of, small = false }: { of: Person | undefined; small?: boolean }) {
  const size = small ? 'avatar small' : 'avatar';
  if (of?.isBot) {
    return (
      <span className={`${size} bridge`} aria-hidden>
        <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8">
          <path d="M3 20V7h2V5h2v2h2v13M15 20V7h2V5h2v2h2v13M9 14l6 4M9 11h6M3 20h18" />
        </svg>
      </span>
    );
  }
  const name = of?.realName ?? '?';
  const sum = Array.from(name).reduce((total, one) => total + (one.codePointAt(0) ?? 0), 0);
  const initials = name
    .split(' ')
    .map((word) => word[0])
    .join('');
  return (
    <span className={size} style={{ background: colours[sum % colours.length] }} aria-hidden>
      {initials}
    </span>
  );
}
