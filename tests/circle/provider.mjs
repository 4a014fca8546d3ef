// provider.mjs: a certified provider of identity (oidc-provider), and one that lies.
import http from "node:http";
import crypto from "node:crypto";
import Provider from "oidc-provider";
import * as jose from "jose";

export const client = { id: "sitovka", secret: "tajemstvi klienta: + / = % &" };

// it advises whoever would run it for real
console.info = console.warn = () => {};

const listen = (server) => new Promise((done) => server.listen(0, "127.0.0.1", () => done(server.address().port)));

/** `who` decides at each sign-in: { sub, acr, amr }. */
export async function realProvider(redirect, who) {
	const server = http.createServer();
	const port = await listen(server);
	const issuer = `http://127.0.0.1:${port}`;
	const provider = new Provider(issuer, {
		clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [redirect], response_types: ["code"], grant_types: ["authorization_code"],
			token_endpoint_auth_method: "client_secret_basic" }],
		pkce: { required: () => true },
		features: { devInteractions: { enabled: false } },
		acrValues: ["urn:kraj:dva-faktory"],
		claims: { openid: ["sub", "amr"], acr: null },
		interactions: { url: (ctx, interaction) => `/prihlaseni/${interaction.uid}` },
		findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, email: "jana@example.org", email_verified: true }) }),
		cookies: { keys: ["zkouska"] },
	});
	provider.on("grant.error", (ctx, error) => console.log(`# the provider refused a code: ${error.error_description ?? error.message}`));
	const callback = provider.callback();
	server.on("request", async (request, reply) => {
		if (!request.url.startsWith("/prihlaseni/")) return callback(request, reply);
		const { params } = await provider.interactionDetails(request, reply);
		const { sub, acr, amr } = who();
		const grant = new provider.Grant({ accountId: sub, clientId: params.client_id });
		grant.addOIDCScope("openid");
		await provider.interactionFinished(request, reply, { login: { accountId: sub, acr, amr, remember: false }, consent: { grantId: await grant.save() } });
	});
	return { issuer, close: () => server.close() };
}

/** Gives for any code what `make(claims, tools)` makes; the claims are right unless it changes them. */
export async function lyingProvider() {
	const keys = await jose.generateKeyPair("RS256", { extractable: true });
	const stranger = await jose.generateKeyPair("RS256", { extractable: true });
	const key = { ...(await jose.exportJWK(keys.publicKey)), kid: "k", use: "sig", alg: "RS256" };
	const asked = [];
	const state = { asked };
	const server = http.createServer(async (request, reply) => {
		const json = (value) => {
			reply.setHeader("content-type", "application/json");
			reply.end(typeof value === "string" ? value : JSON.stringify(value));
		};
		asked.push(request.url);
		if (request.url === "/.well-known/openid-configuration")
			return json({ issuer: state.named ?? state.issuer, authorization_endpoint: `${state.issuer}/auth`, token_endpoint: `${state.issuer}/token`,
				jwks_uri: `${state.issuer}/jwks`, code_challenge_methods_supported: ["S256"] });
		if (request.url === "/jwks") return json({ keys: [key] });
		if (request.url === "/token") {
			const now = Math.floor(Date.now() / 1000);
			const claims = { iss: state.issuer, sub: "lhar", aud: client.id, iat: now, exp: now + 300, nonce: state.nonce };
			const sign = (c = claims, head = { alg: "RS256", kid: "k" }, by = keys.privateKey) => new jose.SignJWT(c).setProtectedHeader(head).sign(by);
			const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
			const hmac = (secret) => {
				const signed = `${part({ alg: "HS256", kid: "k" })}.${part(claims)}`;
				return `${signed}.${crypto.createHmac("sha256", secret).update(signed).digest("base64url")}`;
			};
			return json(await state.make({ claims, sign, part, hmac, key, keys, stranger, issuer: state.issuer, jose }));
		}
		reply.statusCode = 404;
		reply.end();
	});
	state.issuer = `http://127.0.0.1:${await listen(server)}`;
	state.close = () => server.close();
	return state;
}
