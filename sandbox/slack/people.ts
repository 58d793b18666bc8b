/** The people, groups and channels that every sandbox starts with. Ids are fixed: tests and configuration name them. */
export interface Person {
  id: string;
  /** Handle, without the @. */
  name: string;
  realName: string;
  role: string;
  tz: string;
  team: string;
  isBot?: boolean;
  isRestricted?: boolean;
  isStranger?: boolean;
}

export const team = { id: 'T0SANDBOX', domain: 'sandbox', name: 'Sandbox' } as const;
const partner = 'T0PARTNER';

const member = (id: string, name: string, realName: string, role: string, tz: string): Person => ({
  id,
  name,
  realName,
  role,
  tz,
  team: team.id,
});

export const bot = {
  userId: 'U0BOT',
  botId: 'B0BOT',
  name: 'drawbridge',
  title: 'Drawbridge',
} as const;

export const people: readonly Person[] = [
  member('U0RITA', 'rita', 'Rita Requester', 'responder', 'Europe/London'),
  member('U0ALEX', 'alex', 'Alex Approver', 'approver', 'America/New_York'),
  member('U0BEA', 'bea', 'Bea Backup', 'approver', 'Europe/Berlin'),
  member('U0OWEN', 'owen', 'Owen Owner', 'service owner', 'Asia/Kolkata'),
  { ...member('U0GUS', 'gus', 'Gus Guest', 'guest', 'Europe/Paris'), isRestricted: true },
  {
    ...member('U0XENA', 'xena', 'Xena External', 'other company', 'America/Los_Angeles'),
    team: partner,
    isStranger: true,
  },
  { ...member(bot.userId, bot.name, bot.title, 'app', 'UTC'), isBot: true },
];

export interface UserGroup {
  id: string;
  handle: string;
  name: string;
  users: readonly string[];
}

export const userGroups: readonly UserGroup[] = [
  {
    id: 'S0APPROVERS',
    handle: 'security-approvers',
    name: 'Security approvers',
    users: ['U0ALEX', 'U0BEA'],
  },
  {
    id: 'S0RESPONDERS',
    handle: 'security-responders',
    name: 'Security responders',
    users: ['U0RITA', 'U0ALEX', 'U0BEA'],
  },
];

export interface Channel {
  id: string;
  name: string;
  topic: string;
  members: readonly string[];
  isShared?: boolean;
  isArchived?: boolean;
  /** Set on a direct message: the person at the other end from the bot. */
  dmWith?: string;
}

const security = ['U0RITA', 'U0ALEX', 'U0BEA', bot.userId];

export const channels: readonly Channel[] = [
  {
    id: 'C0ALERTS',
    name: 'security-alerts',
    topic: 'Findings that somebody should act on',
    members: [...security, 'U0OWEN', 'U0GUS'],
  },
  {
    id: 'C0LOW',
    name: 'security-low',
    topic: 'Medium and low severities, and digests',
    members: security,
  },
  {
    id: 'C0OPS',
    name: 'security-ops',
    topic: 'Approvals, storms and the state of Drawbridge itself',
    members: [...security, 'U0OWEN'],
  },
  {
    id: 'C0GATE',
    name: 'data-gate',
    topic: 'What may enter the data lake: /gate run',
    members: [...security, 'U0OWEN'],
  },
  {
    id: 'C0SHARED',
    name: 'partner-shared',
    topic: 'Shared with another company',
    members: [...security, 'U0XENA'],
    isShared: true,
  },
  {
    id: 'C0RANDOM',
    name: 'random',
    topic: 'Drawbridge is not in this channel',
    members: ['U0RITA', 'U0ALEX', 'U0BEA', 'U0OWEN'],
  },
  {
    id: 'C0OLD',
    name: 'old-incidents',
    topic: 'Archived',
    members: security,
    isArchived: true,
  },
];

export const person = (id: string): Person | undefined => people.find((one) => one.id === id);

/** `D0RITA` is Rita's conversation with the bot. */
export const dmChannelOf = (user: string): string => `D${user.slice(1)}`;

export function channel(id: string): Channel | undefined {
  const dmWith = people.find((one) => !one.isBot && dmChannelOf(one.id) === id)?.id;
  if (dmWith === undefined) return channels.find((one) => one.id === id);
  return { id, name: 'directmessage', topic: '', members: [dmWith, bot.userId], dmWith };
}

/** Minutes east of UTC of a zone at an instant. */
export function zoneOffsetMinutes(tz: string, at: number): number {
  const written = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(written ?? '') ?? [];
  const size = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return sign === '-' ? -size : size;
}
