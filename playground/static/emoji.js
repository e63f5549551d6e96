// The shortcodes that apps send most; any other is shown as it was written, as Slack does.
const EMOJI = {
	"+1": "👍", "-1": "👎", arrow_right: "➡️",
	bar_chart: "📊", bell: "🔔", bulb: "💡", calendar: "📅", chart_with_downwards_trend: "📉",
	chart_with_upwards_trend: "📈", clipboard: "📋", email: "📧", eyes: "👀",
	heart: "❤️", hourglass: "⌛",
	information_source: "ℹ️", large_blue_circle: "🔵", large_green_circle: "🟢",
	large_yellow_circle: "🟡", link: "🔗", lock: "🔒", mag: "🔍", memo: "📝",
	paperclip: "📎", pencil2: "✏️", phone: "☎️", pushpin: "📌", question: "❓",
	red_circle: "🔴", repeat: "🔁", rocket: "🚀",
	smile: "😄", star: "⭐", tada: "🎉",
	trophy: "🏆", warning: "⚠️", wave: "👋",
	white_check_mark: "✅", x: "❌", zap: "⚡", exclamation: "❗", dart: "🎯",
};

export const emoji = (name) => (Object.hasOwn(EMOJI, name) ? EMOJI[name] : null);
