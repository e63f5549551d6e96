// A small Bolt app: by request URL, or with SLACK_APP_TOKEN by Socket Mode.
const { App } = require("@slack/bolt");

const socketMode = Boolean(process.env.SLACK_APP_TOKEN);
const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  appToken: process.env.SLACK_APP_TOKEN,
  socketMode,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});
const plain = (text) => ({ type: "plain_text", text });
const section = (text) => ({ type: "section", text: { type: "mrkdwn", text } });

const form = (note = "") => ({
  type: "modal",
  callback_id: "order",
  title: plain("Order"),
  submit: plain("Send"),
  private_metadata: note,
  blocks: [
    { type: "input", block_id: "what", label: plain("What"), element: { type: "plain_text_input", action_id: "text" } },
    {
      type: "input",
      block_id: "size",
      label: plain("Size"),
      element: {
        type: "static_select",
        action_id: "pick",
        options: ["Small", "Large"].map((size) => ({ text: plain(size), value: size.toLowerCase() })),
      },
    },
    { type: "input", block_id: "day", label: plain("Day"), element: { type: "datepicker", action_id: "date" } },
  ],
});

app.command("/order", async ({ ack, body, client, command, respond }) => {
  await ack();
  if (command.text === "help") await respond("Type /order");
  else await client.views.open({ trigger_id: body.trigger_id, view: form() });
});

app.shortcut("order_now", async ({ ack, shortcut, client }) => {
  await ack();
  await client.views.open({ trigger_id: shortcut.trigger_id, view: form() });
});

app.shortcut("order_this", async ({ ack, shortcut, client }) => {
  await ack();
  await client.views.open({ trigger_id: shortcut.trigger_id, view: form(shortcut.message.text) });
});

app.view("order", async ({ ack, body, client, view }) => {
  const { what, size, day } = view.state.values;
  if (what.text.value.length < 3) return ack({ response_action: "errors", errors: { what: "Say more." } });
  await ack();
  const text = `${what.text.value}, ${size.pick.selected_option.value}, ${day.date.selected_date}`;
  const button = { type: "button", action_id: "done", text: plain("Done"), value: text };
  await client.chat.postMessage({
    channel: body.user.id,
    text,
    blocks: [section(text + (view.private_metadata && ` for ${view.private_metadata}`)), { type: "actions", elements: [button] }],
  });
});

app.action("done", async ({ ack, action, body, client }) => {
  await ack();
  const text = `Done: ${action.value}`;
  await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text, blocks: [section(text)] });
});

app.event("app_home_opened", async ({ event, client }) => {
  if (event.tab !== "home") return;
  const { user } = await client.users.info({ user: event.user });
  await client.views.publish({ user_id: event.user, view: { type: "home", blocks: [section(`Home of ${user.real_name}`)] } });
});

app.message("tea", async ({ message, say }) => say(`Tea for <@${message.user}>`));

app.start(socketMode ? undefined : 0).then((server) => {
  console.log(`started ${socketMode ? "socket" : server.address().port}`);
});
for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => process.exit(0));
