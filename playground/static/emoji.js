// The shortcodes that apps send most; an unknown one is shown as it was written, as Slack does.
const EMOJI = {
	"+1": "👍", "-1": "👎", alarm_clock: "⏰", arrow_down: "⬇️", arrow_left: "⬅️", arrow_right: "➡️", arrow_up: "⬆️",
	bar_chart: "📊", bell: "🔔", book: "📖", books: "📚", bulb: "💡", calendar: "📅", chart_with_downwards_trend: "📉",
	chart_with_upwards_trend: "📈", clap: "👏", clipboard: "📋", clock3: "🕒", date: "📅", ear: "👂", email: "📧", eyes: "👀",
	fire: "🔥", gear: "⚙️", hand: "✋", headphones: "🎧", heart: "❤️", heavy_check_mark: "✔️", hourglass: "⌛",
	hourglass_flowing_sand: "⏳", information_source: "ℹ️", key: "🔑", large_blue_circle: "🔵", large_green_circle: "🟢",
	large_yellow_circle: "🟡", link: "🔗", lock: "🔒", mag: "🔍", mega: "📣", memo: "📝", no_entry: "⛔", no_entry_sign: "🚫",
	ok_hand: "👌", paperclip: "📎", pencil: "📝", pencil2: "✏️", phone: "☎️", pray: "🙏", pushpin: "📌", question: "❓",
	raised_hands: "🙌", red_circle: "🔴", repeat: "🔁", rocket: "🚀", rotating_light: "🚨", slightly_smiling_face: "🙂",
	smile: "😄", sos: "🆘", speech_balloon: "💬", star: "⭐", star2: "🌟", stopwatch: "⏱️", tada: "🎉", telephone_receiver: "📞",
	thinking_face: "🤔", thumbsdown: "👎", thumbsup: "👍", trophy: "🏆", warning: "⚠️", wastebasket: "🗑️", wave: "👋",
	white_check_mark: "✅", x: "❌", zap: "⚡", exclamation: "❗", dart: "🎯", busts_in_silhouette: "👥", bust_in_silhouette: "👤",
};

export const emoji = (name) => (Object.hasOwn(EMOJI, name) ? EMOJI[name] : null);
