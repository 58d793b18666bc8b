import { createHmac, timingSafeEqual } from 'node:crypto';

/** Signatures older or newer than this are refused, so that a recorded call cannot be sent again later. */
const tolerance = 300;

/** Checks `t=…,v1=…` against the text that was signed. */
export const isSigned = (header: string, text: string, secret: string, now: Date): boolean => {
  const [, t = '', v1 = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  if (v1 === '' || Math.abs(now.getTime() / 1000 - Number(t)) > tolerance) return false;
  const wanted = createHmac('sha256', secret).update(`${t}.${text}`).digest('hex');
  return timingSafeEqual(Buffer.from(v1), Buffer.from(wanted));
};
