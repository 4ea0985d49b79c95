from allauth.idp.oidc.adapter import DefaultOIDCAdapter

from tests.schulerfolg.konten.oidc.anbieter import NAMEN


class Adapter(DefaultOIDCAdapter):
    def get_claims(self, purpose, user, client, scopes, email=None, **kwargs):
        claims = super().get_claims(purpose, user, client, scopes, email=email, **kwargs)
        return claims | {"amr": NAMEN[user.username][2]} if purpose == "id_token" else claims
