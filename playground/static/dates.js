// Moments (seconds since 1970, UTC) as a person sees them in their own time zone.

const formats = new Map();

function parts(epoch, tz) {
	if (!formats.has(tz)) {
		formats.set(tz, new Intl.DateTimeFormat("en-GB", {
			timeZone: tz, hourCycle: "h23", weekday: "long", year: "numeric", month: "long", day: "numeric",
			hour: "2-digit", minute: "2-digit", second: "2-digit",
		}));
	}
	const found = {};
	for (const { type, value } of formats.get(tz).formatToParts(new Date(epoch * 1000))) found[type] = value;
	return found;
}

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const two = (n) => String(n).padStart(2, "0");

/** YYYY-MM-DD of the moment in the zone. */
export function dayOf(epoch, tz) {
	const p = parts(epoch, tz);
	return `${p.year}-${two(MONTHS.indexOf(p.month) + 1)}-${two(p.day)}`;
}

export function timeOf(epoch, tz, withSeconds = false) {
	const p = parts(epoch, tz);
	return `${p.hour}:${p.minute}${withSeconds ? `:${p.second}` : ""}`;
}

/** Value of a datetime-local input: the wall clock of the zone. */
export const localOf = (epoch, tz) => `${dayOf(epoch, tz)}T${timeOf(epoch, tz)}`;

/** The moment at which the zone's wall clock shows `local`; in a gap it moves forward. */
export function epochOf(local, tz) {
	const wall = Date.parse(`${local}:00Z`) / 1000;
	if (Number.isNaN(wall)) return null;
	const shown = (epoch) => Date.parse(`${localOf(epoch, tz)}:00Z`) / 1000;
	const first = wall - (shown(wall) - wall);
	const second = wall - (shown(first) - first);
	return Math.min(first, second) === second && shown(second) === wall ? second : first;
}

function ordinal(day) {
	const n = Number(day);
	const suffix = n % 100 >= 11 && n % 100 <= 13 ? "th" : ["th", "st", "nd", "rd"][n % 10] ?? "th";
	return `${n}${suffix}`;
}

function relativeDay(epoch, now, tz) {
	const gap = (Date.parse(dayOf(epoch, tz)) - Date.parse(dayOf(now, tz))) / 86_400_000;
	return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[gap] ?? null;
}

/** Words for how far off a moment is: "in 3 days", "2 hours ago". */
export function ago(epoch, now) {
	const gap = epoch - now;
	const [size, unit] = [[86_400, "day"], [3_600, "hour"], [60, "minute"]].find(([s]) => Math.abs(gap) >= s) ?? [1, "second"];
	return new Intl.RelativeTimeFormat("en", { numeric: "always" }).format(Math.trunc(gap / size), unit);
}

/** A divider's words for a day: Today, Yesterday, else "Tuesday 24 November". */
export function dayTitle(epoch, now, tz) {
	const near = relativeDay(epoch, now, tz);
	if (near) return near[0].toUpperCase() + near.slice(1);
	const p = parts(epoch, tz);
	const year = p.year === parts(now, tz).year ? "" : ` ${p.year}`;
	return `${p.weekday} ${p.day} ${p.month}${year}`;
}

export function clockFace(epoch, tz) {
	const p = parts(epoch, tz);
	return `${p.weekday.slice(0, 3)} ${p.day} ${p.month.slice(0, 3)} ${p.year}, ${p.hour}:${p.minute}`;
}

/**
 * Slack's date tokens: https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 * Times are on the 24-hour clock; a relative day that begins the text begins with a capital.
 */
export function formatDate(format, epoch, now, tz) {
	const p = parts(epoch, tz);
	const short = `${p.month.slice(0, 3)} ${p.day}, ${p.year}`;
	const full = `${p.month} ${ordinal(p.day)}, ${p.year}`;
	const long = `${p.weekday}, ${full}`;
	const near = relativeDay(epoch, now, tz);
	const pretty = (plain) => (offset) => (near ? (offset === 0 ? near[0].toUpperCase() + near.slice(1) : near) : plain);
	const sameYear = p.year === parts(now, tz).year;
	const tokens = {
		date_num: dayOf(epoch, tz),
		date_slash: `${two(p.day)}/${two(MONTHS.indexOf(p.month) + 1)}/${p.year}`,
		date: full,
		date_short: short,
		date_long: long,
		date_long_full: `${p.month} ${p.day}, ${p.year}`,
		date_pretty: pretty(full),
		date_short_pretty: pretty(short),
		date_long_pretty: pretty(long),
		day_divider_pretty: pretty(sameYear ? `${p.weekday}, ${p.month} ${ordinal(p.day)}` : long),
		time: `${p.hour}:${p.minute}`,
		time_secs: `${p.hour}:${p.minute}:${p.second}`,
		ago: ago(epoch, now),
	};
	return format.replace(/\{(\w+)\}/g, (whole, name, offset) => {
		const found = tokens[name];
		if (found === undefined) return whole;
		return typeof found === "function" ? found(offset) : found;
	});
}
