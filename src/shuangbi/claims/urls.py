"""Addresses of claims."""

from django.urls import path

from shuangbi.claims import views

app_name = "claims"
urlpatterns = [
    path("", views.claim_list, name="claim-list"),
    path("new/", views.claim_new, name="claim-new"),
    path("queue/", views.claim_queue, name="claim-queue"),
    path("evidence/<uuid:evidence_id>/", views.evidence_file, name="evidence-file"),
    path("<uuid:claim_id>/", views.claim_detail, name="claim-detail"),
    path("<uuid:claim_id>/review/", views.claim_review, name="claim-review"),
    path("<uuid:claim_id>/correct/", views.claim_correct, name="claim-correct"),
    path("<uuid:claim_id>/withdraw/", views.claim_withdraw, name="claim-withdraw"),
    path("<uuid:claim_id>/evidence/", views.evidence_new, name="evidence-new"),
]
