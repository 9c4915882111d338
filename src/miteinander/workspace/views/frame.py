from django.http import HttpResponse
def today(request): return HttpResponse("")
def stylebook(request): return HttpResponse("")
