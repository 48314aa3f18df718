'use strict';

const byId = (id) => document.getElementById(id);
/** How often to look again while something goes on, milliseconds. */
const LOOK = 1000;
let current = null;

function element(name, text, className) {
	const created = document.createElement(name);
	if (text !== undefined) {
		created.textContent = text;
	}
	if (className) {
		created.className = className;
	}
	return created;
}

async function json(path, options) {
	const response = await fetch(path, options);
	const body = await response.json();
	if (!response.ok) {
		throw new Error(body.detail || 'The server answered ' + response.status + '.');
	}
	return body;
}

function describe(list, entries) {
	list.replaceChildren();
	for (const [label, value] of entries) {
		if (value !== undefined && value !== null && value !== '') {
			list.append(element('dt', label), element('dd', String(value)));
		}
	}
}

const day = (instant) => instant.slice(0, 10);
const time = (instant) => instant.slice(11, 19) + ' UTC';
const words = (name) => name.toLowerCase().replaceAll('_', ' ');

function parts(duration) {
	const [, hours, minutes, seconds] = /PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?/.exec(duration);
	return [Number(hours || 0), Number(minutes || 0), Number(seconds || 0)];
}

function millis(duration) {
	const [hours, minutes, seconds] = parts(duration);
	return Math.round((hours * 3600 + minutes * 60 + seconds) * 1000) + ' ms';
}

function span(duration) {
	const [hours, minutes, seconds] = parts(duration);
	return hours ? hours + ' h ' + minutes + ' min' : minutes ? minutes + ' min ' + Math.round(seconds) + ' s'
		: Math.round(seconds) + ' s';
}

function rows(counts) {
	return counts.read
		? counts.read + ' read, ' + counts.converted + ' converted, ' + counts.quarantined + ' quarantined, '
			+ counts.orphaned + ' orphaned'
		: null;
}

function unfold(title, items) {
	const details = element('details');
	const list = element('ul');
	for (const [text, note] of items) {
		const item = element('li');
		item.append(element('span', text), element('span', note));
		list.append(item);
	}
	details.append(element('summary', title), list);
	return details;
}

async function showSchema() {
	const schema = await json('/actuator/adkmigration');
	const state = byId('state');
	if (schema.problem) {
		state.textContent = 'unreadable';
		state.className = 'pill bad';
		describe(byId('schema'), [['problem', schema.problem.description], ['next', schema.problem.action]]);
		showProgress(null);
		return false;
	}
	const colours = { EQUAL: 'good', DEFERRED: 'good', AHEAD_COMPATIBLE: 'good', BEHIND: 'wait' };
	const run = schema.runs[0] && schema.runs[0].run;
	const failed = schema.compatibility === 'BEHIND' && run && run.outcome === 'failed';
	state.textContent = failed ? 'failed' : schema.current ? 'migrating'
		: schema.compatibility === 'EQUAL' ? 'up to date' : words(schema.compatibility);
	state.className = 'pill ' + (failed ? 'bad' : colours[schema.compatibility] || (schema.current ? 'wait' : 'bad'));
	describe(byId('schema'), [
		['layout', schema.detected.layout],
		['revision', schema.revision],
		['head', schema.head],
		['pending', schema.lag],
		['deferred', schema.deferred.map((change) => change.description).join(', ')]
	]);
	showProgress(schema.current);
	showReport(schema.startup, run);
	return ['EQUAL', 'DEFERRED', 'AHEAD_COMPATIBLE'].includes(schema.compatibility);
}

function showProgress(activity) {
	byId('progress').hidden = !activity;
	if (!activity) {
		return;
	}
	const bar = byId('bar');
	const counted = activity.rowsDone !== undefined && activity.rowsTotal !== undefined;
	if (counted) {
		bar.max = Math.max(1, activity.rowsTotal);
		bar.value = activity.rowsDone;
	}
	else {
		// Without a value it shows that nobody knows how long it takes.
		bar.removeAttribute('value');
	}
	byId('doing').textContent = activity.run.from + ' \u2192 ' + activity.run.to
		+ (activity.paused ? ', paused' : '');
	byId('left').textContent = [
		counted ? activity.rowsDone + ' of ' + activity.rowsTotal + ' events' : null,
		activity.rowsPerSecond ? activity.rowsPerSecond + ' per second' : null,
		activity.timeLeft && !activity.paused ? span(activity.timeLeft) + ' left' : null
	].filter((part) => part).join(', ');
}

/** Look until the tables are ready and the server lets them be used, then show what is in them. */
async function follow() {
	while (!(await showSchema().catch(noticed) && await opened().catch(noticed))) {
		await new Promise((resolve) => setTimeout(resolve, LOOK));
	}
	byId('problem').textContent = '';
}

async function opened() {
	const sessions = await showConversations();
	if (sessions.length && !current) {
		await show(sessions[0].id);
	}
	return true;
}

function noticed(failure) {
	byId('problem').textContent = failure.message;
	return false;
}

function showReport(startup, lastRun) {
	const outcome = byId('outcome');
	outcome.textContent = startup ? words(startup.outcome) : lastRun ? lastRun.outcome : 'not run';
	outcome.className = 'pill ' + (startup ? 'good' : 'wait');
	const entries = [];
	if (startup) {
		entries.push(['this start', words(startup.outcome) + ' in ' + millis(startup.duration)]);
	}
	if (lastRun) {
		entries.push(['last run', lastRun.outcome + ' on ' + day(lastRun.started) + ' ' + time(lastRun.started)],
			['from', lastRun.from], ['to', lastRun.to], ['events', rows(lastRun.rows)]);
	}
	if (startup) {
		entries.push(['clock', startup.clock]);
	}
	describe(byId('report'), entries);
	if (startup) {
		const plain = (texts) => texts.map((text) => [text, '']);
		const lists = [
			['What was found', plain(startup.evidence)],
			['What was done', startup.steps.map((step) => [step.description, millis(step.duration)])],
			['Notes', plain(startup.notes)]
		];
		byId('more').replaceChildren(...lists.filter(([, items]) => items.length)
			.map(([title, items]) => unfold(title, items)));
	}
}

async function showConversations() {
	const sessions = await json('/sessions');
	byId('conversations').replaceChildren(...sessions.map((session) => {
		const button = element('button');
		button.type = 'button';
		button.setAttribute('aria-current', session.id === current);
		button.append(element('span', session.title || 'New conversation'),
			element('span', session.events + (session.events === 1 ? ' event, ' : ' events, ') + day(session.updated)));
		button.addEventListener('click', () => guarded(() => show(session.id)));
		const item = element('li');
		item.append(button);
		return item;
	}));
	return sessions;
}

function values(object) {
	return Object.entries(object).map(([name, value]) => name + ': ' + JSON.stringify(value)).join(', ');
}

function item(event) {
	const created = element('li', undefined, event.author === 'user' ? 'user' : event.text ? 'agent' : 'agent quiet');
	const parts = event.text ? [element('span', event.text, 'bubble')] : [];
	event.calls.forEach((call) => parts.push(element('span', call.name + '(' + values(call.arguments) + ')', 'tool')));
	event.results.forEach((result) => parts.push(element('span', '\u2192 ' + values(result.response), 'tool')));
	for (const part of parts) {
		const line = element('div');
		line.append(part);
		created.append(line);
	}
	const stamp = element('time', time(event.at));
	stamp.dateTime = event.at;
	stamp.title = event.at;
	created.append(stamp);
	return created;
}

async function show(id) {
	const conversation = await json('/sessions/' + encodeURIComponent(id));
	current = id;
	const list = byId('events');
	list.replaceChildren();
	let before = '';
	for (const event of conversation.events) {
		if (day(event.at) !== before) {
			before = day(event.at);
			list.append(element('li', before, 'day'));
		}
		list.append(item(event));
	}
	list.scrollTop = list.scrollHeight;
	const first = conversation.events.find((event) => event.text);
	byId('chat-title').textContent = first ? first.text : 'New conversation';
	byId('chat-id').textContent = id;
	await showConversations();
}

async function guarded(action) {
	byId('problem').textContent = '';
	byId('send').disabled = true;
	try {
		await action();
	}
	catch (failure) {
		byId('problem').textContent = failure.message;
	}
	byId('send').disabled = false;
}

async function begin() {
	await show((await json('/sessions', { method: 'POST' })).id);
}

async function send(text) {
	if (!current) {
		await begin();
	}
	await json('/sessions/' + encodeURIComponent(current) + '/messages', {
		method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ text })
	});
	byId('text').value = '';
	await show(current);
}

byId('form').addEventListener('submit', (event) => {
	event.preventDefault();
	guarded(() => send(byId('text').value));
});
byId('begin').addEventListener('click', () => guarded(begin));
document.querySelectorAll('.hints button').forEach((hint) =>
	hint.addEventListener('click', () => guarded(() => send(hint.textContent))));

guarded(follow);
